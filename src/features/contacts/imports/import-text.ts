import { Problem } from '../../../platform/errors/problem.js';
import type { ImportLinkedInInput } from './import.inputs.js';
import type { GivenFile } from './imports.service.js';

/** The file of an input that holds it as text, or in base64. */
export function fileIn({ csv, base64, charset = null }: ImportLinkedInInput): GivenFile {
  const given = [csv, base64].filter((text) => text !== undefined && text !== null);
  if (given.length !== 1) throw Problem.field('/csv', 'oneOf', 'Give the file as csv or as base64: one of both.');
  if (typeof csv === 'string') return { bytes: Buffer.from(csv), charset: 'utf-8' };
  return { bytes: Buffer.from(base64 ?? '', 'base64'), charset };
}
