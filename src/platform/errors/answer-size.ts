import { Problem } from './problem.js';

/** The largest answer to a read, in bytes. */
export const LARGEST_ANSWER = 4_194_304;

const SMALLER = 'Ask for fewer rows with `first`, for fewer fields, or for fewer relations.';

/** The refusal of a read whose answer has so many bytes. */
export function tooLarge(bytes: number): Problem {
  const [found, most] = [bytes, LARGEST_ANSWER].map((count) => `${(count / 1_048_576).toFixed(1)} MB`);
  return new Problem('too_complex', `The answer has ${found}; ${most} are allowed. ${SMALLER}`);
}
