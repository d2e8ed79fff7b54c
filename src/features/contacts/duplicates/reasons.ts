import { MOST_REASONS } from './duplicate.shapes.js';
import type { DuplicateReason } from './duplicate.shapes.js';

type Code = DuplicateReason['code'];

/** By the second character of a key of `contact_keys`. */
const KINDS: Readonly<Record<string, readonly [code: Code, text: (value: string) => string]>> = {
  e: ['email', (value) => `Both have the e-mail address ${value}.`],
  p: ['phone', (value) => `Both have the telephone number ${value}.`],
  l: ['profile', (value) => `Both have the profile ${value}.`],
  n: ['name', (value) => `Both are called ${value}, in any order of the words.`],
  s: ['name', (value) => `Both are called ${value}, without another name.`],
  i: ['similar_name', (value) => `The names of both begin and end as ${value}.`],
  u: ['handle', (value) => `Both are ${value} at different sites.`],
  c: ['company', (value) => `Both work at ${value}.`],
  d: ['domain', (value) => `Both have an address at ${value}.`],
};

/** What keys that two contacts share say, the most telling first. A name says what its beginning says too, and a profile what its handle says. */
export function reasonsOf(keys: readonly string[]): DuplicateReason[] {
  const kinds = new Set(keys.map((key) => key.charAt(1)));
  const told = keys.filter(
    (key) => !(key.charAt(1) === 'i' && kinds.has('n')) && !(key.charAt(1) === 'u' && kinds.has('l')),
  );
  return told.slice(0, MOST_REASONS).flatMap((key) => {
    const kind = KINDS[key.charAt(1)];
    const value = key.slice(2);
    return kind ? [{ code: kind[0], value, text: kind[1](value) }] : [];
  });
}
