import { Problem } from '../../../platform/errors/problem.js';
import type { TableReading } from './import.inputs.js';
import type { GivenFile } from './imports.service.js';
import type { TableProposal } from './proposal.shapes.js';
import { proposalOf } from './reading/proposal.js';

interface Sent {
  readonly base64?: string | null;
  readonly charset?: string | null;
}

/** The file of an input that holds it as text, or in base64. */
export function fileIn(text: string | null | undefined, { base64, charset = null }: Sent, field = 'csv'): GivenFile {
  const given = [text, base64].filter((one) => one !== undefined && one !== null);
  if (given.length !== 1) {
    throw Problem.field(`/${field}`, 'oneOf', `Give the file as ${field} or as base64: one of both.`);
  }
  if (typeof text === 'string') return { bytes: Buffer.from(text), charset: 'utf-8' };
  return { bytes: Buffer.from(base64 ?? '', 'base64'), charset };
}

/** What a file would be taken for. */
export function proposalIn({ bytes, charset }: GivenFile, reading: TableReading): Promise<TableProposal> {
  return proposalOf(bytes, { ...reading, declared: charset });
}
