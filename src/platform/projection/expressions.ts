import type { Type } from '@nestjs/common';
import { recipeOf, recipesOf } from '../contract/recipes.js';
import { columnOf } from '../contract/tables.js';
import { literal } from './sql-text.js';
import type { SqlText } from './sql-text.js';

/** The raw value of a property of the row `alias`, for comparing and ordering. */
export function valueSql(sql: SqlText, type: Type, property: string, alias: string): string {
  const { computed } = recipesOf(type).get(property) ?? {};
  if (computed) return `(${computed({ alias, now: () => sql.now(), account: () => sql.account() })})`;
  return `${alias}.${columnOf(type, property).name}`;
}

/** The value as the wire shows it; a list is shown as JSON has it. */
export function shownSql(sql: SqlText, type: Type, property: string, alias: string): string {
  const value = valueSql(sql, type, property, alias);
  const recipe = recipeOf(type, property);
  return recipe.list ? value : recipe.kind.shownSql(value);
}

const LONGEST_IDENTIFIER = 63;

/**
 * An object of one row's values. A row is a quarter cheaper to turn into JSON than `json_build_object` is, but no value may
 * be an aggregate of the rows around it, and a key longer than an identifier would be cut.
 */
export function rowSql(pairs: readonly (readonly [key: string, value: string])[]): string {
  if (pairs.length === 0 || pairs.some(([key]) => key.length > LONGEST_IDENTIFIER)) return objectSql(pairs);
  const columns = pairs.map(([key, value]) => `${value} as "${key}"`).join(', ');
  // No GraphQL name can be `$row`: an alias equal to the row's name would be taken for the row.
  return `row_to_json((select "$row" from (select ${columns}) "$row"))`;
}

/** `json_build_object` takes 100 arguments, so wide objects are gathered instead. */
export function objectSql(pairs: readonly (readonly [key: string, value: string])[]): string {
  if (pairs.length <= 50)
    return `json_build_object(${pairs.map(([key, value]) => `${literal(key)}, ${value}`).join(', ')})`;
  const entries = pairs.map(([key, value], index) => `(${index}, ${literal(key)}, to_json(${value}))`);
  return `(select json_object_agg(e.k, e.v order by e.n) from (values ${entries.join(', ')}) e(n, k, v))`;
}
