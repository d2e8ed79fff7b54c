import { isDuration } from '../../kit/periods.js';
import type { Recipe } from '../contract/recipes.js';
import { sqlTypeOf } from './expressions.js';
import type { SqlText } from './sql-text.js';

const SIGNS: Readonly<Record<string, string>> = { eq: '=', lt: '<', lte: '<=', gt: '>', gte: '>=' };
const SPANS: Readonly<Record<string, string>> = { today: 'day', thisWeek: 'week', thisQuarter: 'quarter' };

/** Is it an instant told from now: `P7D`, `-P30D`, or a calendar span such as `today`? */
export function isRelative(recipe: Recipe, operator: string, given: unknown): given is string {
  if (recipe.kind !== 'instant' || typeof given !== 'string') return false;
  if (operator === 'eq' && Object.hasOwn(SPANS, given)) return true;
  return operator in SIGNS && operator !== 'eq' && isDuration(given.replace(/^-/, ''));
}

/** One condition. The value has been checked; every text is bound, never written. */
export function comparison(sql: SqlText, value: string, recipe: Recipe, operator: string, given: unknown): string {
  if (isRelative(recipe, operator, given)) return relative(sql, value, operator, given);
  const type = sqlTypeOf(recipe);
  switch (operator) {
    case 'ne':
      return `${value} is distinct from ${sql.constant(given, type)}`;
    case 'in':
      return `${value} = any(${sql.constant(given, `${type}[]`)})`;
    case 'isNull':
      return given === true ? `${value} is null` : `${value} is not null`;
    case 'between':
      return between(sql, value, type, given as readonly unknown[]);
    case 'contains':
      return `${value} ilike ${sql.constant(`%${escapeLike(String(given))}%`, 'text')}`;
    case 'startsWith':
      return `${value} ilike ${sql.constant(`${escapeLike(String(given))}%`, 'text')}`;
    case 'has':
      return `${value} @> ${sql.constant([given], `${type}[]`)}`;
    case 'hasAny':
      return `${value} && ${sql.constant(given, `${type}[]`)}`;
    case 'hasAll':
      return `${value} @> ${sql.constant(given, `${type}[]`)}`;
    default:
      return `${value} ${SIGNS[operator] ?? '='} ${sql.constant(given, type)}`;
  }
}

function between(sql: SqlText, value: string, type: string, pair: readonly unknown[]): string {
  return `${value} between ${sql.constant(pair[0], type)} and ${sql.constant(pair[1], type)}`;
}

function relative(sql: SqlText, value: string, operator: string, given: string): string {
  const span = SPANS[given];
  if (operator === 'eq' && span) return withinSpan(sql, value, span);
  const sign = given.startsWith('-') ? '-' : '+';
  const duration = sql.constant(given.replace(/^-/, ''), 'interval');
  return `${value} ${SIGNS[operator] ?? '='} ${sql.now()} ${sign} ${duration}`;
}

/** A day, a week (from Monday) or a quarter of the account's own calendar. */
function withinSpan(sql: SqlText, value: string, span: string): string {
  const zone = sql.timeZone();
  const start = `date_trunc('${span}', ${sql.now()} at time zone ${zone})`;
  const length = span === 'quarter' ? '3 months' : `1 ${span}`;
  return `(${value} >= ${start} at time zone ${zone} and ${value} < (${start} + interval '${length}') at time zone ${zone})`;
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}
