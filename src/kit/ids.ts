import { v7, validate } from 'uuid';

/**
 * A new identifier: UUID version 7 (RFC 9562 §5.7), so rows of one moment lie side by side in an index
 * and ids of one process sort by creation.
 */
export function newId(): string {
  return v7();
}

/** Whether the text is a UUID of RFC 9562 in either case: versions 1 to 8, or the nil or max UUID. */
export function isId(text: string): boolean {
  return validate(text);
}
