/**
 * A kind of work that may have become due. It is a value that its owner declares and others import, so its name is
 * written once.
 */
export interface Topic {
  readonly name: string;
}

const names = new Set<string>();

export function topic(name: string): Topic {
  if (names.has(name)) throw new Error(`The topic ${name} is declared twice.`);
  names.add(name);
  return { name };
}

/** There are events in the outbox. */
export const OUTBOX = topic('outbox');
