/** At most so many invalid places, each with so much of the caller's own text. */
export const MOST_PLACES = 20;
const MOST_OF_OURS = 200;
/** The largest refusal, in characters: 20 places and a message about them. */
const LARGEST_REFUSAL = 30_000;
export const CANARY = 'q'.repeat(MOST_OF_OURS + 1);

export interface Told {
  readonly detail?: string;
  readonly errors?: readonly { pointer: string; code: string }[];
  readonly moreErrors?: number;
}

export function expectSmall(text: string): void {
  expect(text.length).toBeLessThan(LARGEST_REFUSAL);
  expect(text).not.toContain(CANARY);
}

export const crowd = (count: number, name: (n: number) => string = (n) => `u${n}`): Record<string, unknown> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [name(n), 1]));

/** One name that fills the body. */
export const LONG_NAME = { [CANARY.repeat(4_000)]: 1 };
