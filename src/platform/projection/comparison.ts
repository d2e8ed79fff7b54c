import { RelativeInstant } from '../contract/kinds/instant.js';
import { SIGNS } from '../contract/operators.js';
import type { Recipe } from '../contract/recipes.js';
import type { SqlText } from './sql-text.js';

/** One condition. The value was checked; every text is bound as a parameter. */
export function comparison(sql: SqlText, shown: string, recipe: Recipe, operator: string, operand: unknown): string {
  if (operand instanceof RelativeInstant) return operand.conditionSql(shown, sql);
  const value = recipe.caseless ? `${recipe.list ? 'lower_all' : 'lower'}(${shown})` : shown;
  const given = recipe.caseless ? lowered(operand) : operand;
  const type = recipe.kind.sqlType;
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

function lowered(operand: unknown): unknown {
  if (Array.isArray(operand)) return operand.map(lowered);
  return typeof operand === 'string' ? operand.toLowerCase() : operand;
}

function between(sql: SqlText, value: string, type: string, pair: readonly unknown[]): string {
  return `${value} between ${sql.constant(pair[0], type)} and ${sql.constant(pair[1], type)}`;
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}
