import { shown } from '../../kit/text.js';
import { Problem } from '../errors/problem.js';

/** @throws Problem `invalid_input` that names every parameter of an address that the operation does not read */
export function refuseUnknown(query: Readonly<Record<string, unknown>>, allowed: readonly string[]): void {
  const unknown = Object.keys(query).filter((name) => !allowed.includes(name));
  if (unknown.length === 0) return;
  const offered = allowed.length > 0 ? `Allowed: ${allowed.join(', ')}.` : 'No parameters are allowed.';
  const details = unknown.map((name) => ({
    pointer: shown(name),
    code: 'unknownParameter',
    detail: `${shown(name)} is not a parameter here. ${offered}`,
  }));
  throw new Problem('invalid_input', details.map(({ detail }) => detail).join(' '), details);
}
