import { parseInstant } from '../../kit/instants.js';
import { shown } from '../../kit/text.js';
import { Problem } from '../errors/problem.js';
import type { ProblemDetail } from '../errors/problem.js';

/** The arguments of a read as either face received them. */
export type GivenArguments = Readonly<Record<string, unknown>>;

/** Checks the arguments of a read that is not a list, for both faces, and names every invalid one. */
export class JudgedArguments {
  private readonly broken: ProblemDetail[];

  constructor(
    private readonly given: GivenArguments,
    names: readonly string[],
  ) {
    const unknown = Object.keys(given).filter((name) => !names.includes(name));
    this.broken = unknown.map((name) => ({
      pointer: shown(name),
      code: 'unknownParameter',
      detail: `${shown(name)} is not a parameter here. Allowed: ${names.join(', ')}.`,
    }));
  }

  instant(name: string): Date | null {
    const given = this.given[name] ?? null;
    const instant = typeof given === 'string' ? parseInstant(given) : null;
    if (given !== null && !instant) {
      this.refuse(name, 'isInstant', 'must be one RFC 3339 instant such as 2026-03-29T09:00:00Z');
    }
    return instant;
  }

  /** A text; `check` says what is wrong with it, or null. */
  text(name: string, check: (value: string) => string | null): string | null {
    const given = this.given[name] ?? null;
    if (given === null) return null;
    const wrong = typeof given === 'string' ? check(given) : 'must be one text';
    if (wrong === null) return given as string;
    this.refuse(name, 'notAcceptable', wrong);
    return null;
  }

  /** A whole number from 1 on: a text in an address, a number over GraphQL. */
  count(name: string, most: number): number | null {
    const given = this.given[name] ?? null;
    if (given === null) return null;
    const count = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : given;
    if (typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= most) return count;
    this.refuse(name, 'outOfRange', `must be a whole number from 1 to ${most}`);
    return null;
  }

  refuse(pointer: string, code: string, sentence: string): void {
    this.broken.push({ pointer, code, detail: `${pointer} ${sentence}.` });
  }

  /** @throws Problem `invalid_input` when any argument was refused. */
  assertKept(): void {
    const { broken } = this;
    if (broken.length > 0) throw new Problem('invalid_input', broken.map(({ detail }) => detail).join(' '), broken);
  }
}
