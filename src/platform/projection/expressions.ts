import type { Type } from '@nestjs/common';
import { recipeOf, recipesOf } from '../contract/recipes.js';
import type { RowSql } from '../contract/recipes.js';
import { columnOf } from '../contract/tables.js';
import { literal } from './sql-text.js';
import type { SqlText } from './sql-text.js';

/** The raw value of a property of the row `alias`, for comparisons and sorting. */
export function valueSql(sql: SqlText, type: Type, property: string, alias: string): string {
  const { computed } = recipesOf(type).get(property) ?? {};
  if (computed) return `(${computed(rowOf(sql, alias))})`;
  return `${alias}.${columnOf(type, property).name}`;
}

/** A row of a statement, for the SQL that features write. */
export function rowOf(sql: SqlText, alias: string): RowSql {
  return {
    alias,
    now: () => sql.now(),
    today: () => `(${sql.now()} at time zone ${sql.timeZone()})::date`,
    account: () => sql.account(),
  };
}

/** The value as the API shows it; a list as JSON. */
export function shownSql(sql: SqlText, type: Type, property: string, alias: string): string {
  const value = valueSql(sql, type, property, alias);
  const recipe = recipeOf(type, property);
  return recipe.list ? value : recipe.kind.shownSql(value);
}

const LONGEST_IDENTIFIER = 63;

/**
 * An object of one row's values. `row_to_json` is a quarter cheaper than `json_build_object`, but no value may
 * be an aggregate of the surrounding rows, and a key longer than an identifier would be cut.
 */
export function rowSql(pairs: readonly (readonly [key: string, value: string])[]): string {
  if (pairs.length === 0 || pairs.some(([key]) => key.length > LONGEST_IDENTIFIER)) return objectSql(pairs);
  const columns = pairs.map(([key, value]) => `${value} as "${key}"`).join(', ');
  // `$row`, because no GraphQL name can be equal to it: an alias with the row's name would be read as the row.
  return `row_to_json((select "$row" from (select ${columns}) "$row"))`;
}

/** `json_build_object` takes 100 arguments, so wide objects use an aggregate instead. */
export function objectSql(pairs: readonly (readonly [key: string, value: string])[]): string {
  if (pairs.length <= 50)
    return `json_build_object(${pairs.map(([key, value]) => `${literal(key)}, ${value}`).join(', ')})`;
  const entries = pairs.map(([key, value], index) => `(${index}, ${literal(key)}, to_json(${value}))`);
  return `(select json_object_agg(e.k, e.v order by e.n) from (values ${entries.join(', ')}) e(n, k, v))`;
}
