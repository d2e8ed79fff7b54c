import { isId } from '../../kit/ids.js';
import { isLocalDate, parseInstant } from '../../kit/instants.js';
import { isSafeText, normalizeText } from '../../kit/text.js';
import type { operatorsOf } from '../contract/filters.js';
import type { Recipe } from '../contract/recipes.js';
import { Problem } from '../errors/problem.js';

type Operand = ReturnType<typeof operatorsOf>[string];

const LONGEST_LIST = 100;
const LONGEST_TEXT = 1_000;

/** Checks and converts what a condition compares with. Texts are accepted for every kind, since addresses hold only texts. */
export function operand(recipe: Recipe, form: Operand, given: unknown, pointer: string): unknown {
  switch (form) {
    case 'flag':
      return flag(given, pointer);
    case 'many':
      return several(given, pointer, 1, LONGEST_LIST).map((item) => single(recipe, item, pointer));
    case 'pair':
      return several(given, pointer, 2, 2).map((item) => single(recipe, item, pointer));
    case 'text':
      return text(given, pointer);
    case 'one':
      return single(recipe, given, pointer);
  }
}

function several(given: unknown, pointer: string, least: number, most: number): readonly unknown[] {
  const list: readonly unknown[] = typeof given === 'string' ? given.split(',') : Array.isArray(given) ? given : [];
  if (list.length >= least && list.length <= most) return list;
  const count = least === most ? `${least} values` : `${least} to ${most} values`;
  throw Problem.field(pointer, 'wrongCount', `${pointer} takes ${count}, separated by commas in an address.`);
}

function single(recipe: Recipe, given: unknown, pointer: string): unknown {
  switch (recipe.kind) {
    case 'id':
      return accepted(given, pointer, 'a UUID', (value) => isId(value));
    case 'instant':
      return instant(given, pointer);
    case 'date':
      return accepted(given, pointer, 'a date YYYY-MM-DD', isLocalDate);
    case 'integer':
    case 'number':
      return numeric(recipe, given, pointer);
    case 'flag':
      return flag(given, pointer);
    case 'choice':
      return accepted(given, pointer, `one of ${recipe.choice?.values.join(', ')}`, (value) =>
        (recipe.choice?.values ?? []).includes(value),
      );
    default:
      return text(given, pointer);
  }
}

function instant(given: unknown, pointer: string): Date {
  const parsed = typeof given === 'string' ? parseInstant(given) : null;
  if (parsed) return parsed;
  throw Problem.field(
    pointer,
    'isInstant',
    `${pointer} must be an RFC 3339 instant, a duration from now such as P7D or -P30D, or with eq: today, thisWeek, thisQuarter.`,
  );
}

function numeric(recipe: Recipe, given: unknown, pointer: string): number {
  const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  const whole = recipe.kind === 'integer';
  const fits = typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= 1e15;
  if (fits && (!whole || Number.isInteger(value))) return value;
  throw Problem.field(pointer, 'isNumber', `${pointer} must be a ${whole ? 'whole ' : ''}number.`);
}

function flag(given: unknown, pointer: string): boolean {
  if (given === true || given === 'true') return true;
  if (given === false || given === 'false') return false;
  throw Problem.field(pointer, 'isBoolean', `${pointer} must be true or false.`);
}

function text(given: unknown, pointer: string): string {
  const value = accepted(given, pointer, `a text of at most ${LONGEST_TEXT} characters`, (candidate) => {
    return candidate.length <= LONGEST_TEXT && isSafeText(candidate);
  });
  return normalizeText(value);
}

function accepted(given: unknown, pointer: string, what: string, holds: (value: string) => boolean): string {
  if (typeof given === 'string' && holds(given)) return given;
  throw Problem.field(pointer, 'notAcceptable', `${pointer} must be ${what}.`);
}
