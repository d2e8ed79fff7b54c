import { Problem } from '../../errors/problem.js';

/** A text that holds what a kind asks of it. */
export function acceptedText(given: unknown, pointer: string, what: string, holds: (value: string) => boolean): string {
  if (typeof given === 'string' && holds(given)) return given;
  throw Problem.field(pointer, 'notAcceptable', `${pointer} must be ${what}.`);
}

/** A finite number; addresses spell it as a text. */
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

/** Where a kind has no operators, so that nothing is compared with it. */
export function incomparable(pointer: string): never {
  throw Problem.field(pointer, 'notAcceptable', `${pointer} cannot be compared.`);
}
