import { v7, validate } from 'uuid';

/**
 * A new identifier: UUID version 7 (RFC 9562 §5.7), so rows that are created together are adjacent in an index,
 * and ids of one process sort by creation.
 */
export function newId(): string {
  return v7();
}

/** Whether the text is a UUID of RFC 9562 in either case: versions 1 to 8, or the nil or max UUID. */
export function isId(text: string): boolean {
  return validate(text);
}

/** The smallest identifier of an instant: version 7 begins with the milliseconds, so every id created later is larger. */
export function leastIdOf(moment: Date): string {
  const hex = Math.max(0, moment.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
