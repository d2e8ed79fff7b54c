import { Problem } from '../../errors/problem.js';

/** A text operand that satisfies the rule of a kind. */
export function acceptedText(given: unknown, pointer: string, what: string, holds: (value: string) => boolean): string {
  if (typeof given === 'string' && holds(given)) return given;
  throw Problem.field(pointer, 'notAcceptable', `${pointer} must be ${what}.`);
}

/** A finite number; query strings contain it as text. */
export function acceptedNumber(
  given: unknown,
  pointer: string,
  what: string,
  holds: (value: number) => boolean,
): number {
  const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  if (typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= 1e15 && holds(value)) return value;
  throw Problem.field(pointer, 'isNumber', `${pointer} must be ${what}.`);
}

/** For a kind without operators: it cannot be compared. */
export function incomparable(pointer: string): never {
  throw Problem.field(pointer, 'notAcceptable', `${pointer} cannot be compared.`);
}
