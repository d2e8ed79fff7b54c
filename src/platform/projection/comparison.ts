import { RelativeInstant } from '../contract/kinds/instant.js';
import { SIGNS } from '../contract/operators.js';
import type { Recipe } from '../contract/recipes.js';
import type { SqlText } from './sql-text.js';

/** One condition. The value was checked; every text is bound as a parameter. */
export function comparison(sql: SqlText, value: string, recipe: Recipe, operator: string, given: unknown): string {
  if (given instanceof RelativeInstant) return given.conditionSql(value, sql);
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

function between(sql: SqlText, value: string, type: string, pair: readonly unknown[]): string {
  return `${value} between ${sql.constant(pair[0], type)} and ${sql.constant(pair[1], type)}`;
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}
