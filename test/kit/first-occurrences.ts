import { nextOccurrence } from '../../src/kit/recurrence.js';
import type { Recurrence } from '../../src/kit/recurrence.js';

export const BEFORE_ALL = new Date('1969-12-01T00:00:00Z');

/** As RFC 3339 in UTC, without milliseconds. */
export function firstOccurrences(rule: Recurrence, most: number, after = BEFORE_ALL): string[] {
  const found: string[] = [];
  for (let last = after; found.length < most;) {
    const next = nextOccurrence(rule, last);
    if (!next) break;
    found.push(next.toISOString().replace('.000Z', 'Z'));
    last = next;
  }
  return found;
}
