import type { Type } from '@nestjs/common';
import { namingFields, searchableFields } from '../contract/filters.js';
import { recipesOf } from '../contract/recipes.js';
import type { KeptKeys } from '../contract/recipes.js';
import { columnOf, tableOf } from '../contract/tables.js';
import type { SqlText } from './sql-text.js';

/** The sort key of a search without an order of its own: the best match first. No caller can name it. */
export const RELEVANCE = ' relevance';

/** So many exact matches are not ranked, and nobody misses the misspelt ones. */
const FEW = 200;

/**
 * The words that `q` searches. The table's index is over exactly this expression, written for the bare table:
 * `create index … using gin (account_id, <searchedSql(type, null)>)`.
 */
export function searchedSql(type: Type, alias: string | null): string {
  return `search_lexemes(${wordsSql(type, searchableFields(type), alias)})`;
}

/**
 * The names among them, as a misspelt name is compared with them; null if the resource has none. The table's index:
 * `create index … using gin (account_id, <namesSql(type, null)> gin_trgm_ops)`.
 */
export function namesSql(type: Type, alias: string | null): string | null {
  const names = namingFields(type);
  return names.length > 0 ? `search_plain(${wordsSql(type, names, alias)})` : null;
}

/**
 * All of the words, each as the beginning of a word: `ada love` finds Ada Lovelace, and `ceo` finds Founder/CEO. Words that may be a text of a list with keys find
 * it by those too, however it was written.
 */
export function exactSql(sql: SqlText, type: Type, alias: string, q: string): string {
  const words = `${searchedSql(type, alias)} @@ search_query(${sql.constant(q, 'text')})`;
  const keys = [...recipesOf(type).values()].flatMap((recipe) =>
    recipe.keys?.isOne?.(q) ? keyedSql(sql, type, alias, recipe.keys, q) : [],
  );
  return keys.length === 0 ? words : `(${[words, ...keys].join(' or ')})`;
}

/** The keys depend on the account's settings, which are known when the statement runs. Without a key nothing is found. */
function keyedSql(sql: SqlText, type: Type, alias: string, { properties, of }: KeptKeys, q: string): string[] {
  return properties.map((property, at) => {
    const key = sql.computed(({ settings }) => (settings && of(q, settings)[at]) || null, 'text');
    return `${alias}.${columnOf(type, property).name} @> array[${key}]`;
  });
}

/** These, and where they are few, names that are almost like the words. */
export function searchSql(sql: SqlText, type: Type, alias: string, q: string): string {
  const exact = exactSql(sql, type, alias, q);
  const names = namesSql(type, alias);
  if (!names) return exact;
  const similar = `select search_similar(${sql.constant(q, 'text')}) where (${fewSql(sql, type, q)})`;
  return `(${exact} or ${names} %>> (${similar}))`;
}

/** Whether few rows of the account match: only then they are ranked, so that a search costs the same however many match. */
export function fewSql(sql: SqlText, type: Type, q: string): string {
  const matches = `select from ${tableOf(type).name} m where m.account_id = ${sql.account()} and ${exactSql(sql, type, 'm', q)}`;
  return `select count(*) < ${FEW} from (${matches} limit ${FEW}) m`;
}

/**
 * How well a row matches, as a whole number: its first name is `q` (1,400), begins with it (1,300) or has a word that does (1,200), or a
 * further name has (1,100); it matches elsewhere (1,001); its names are only similar (up to 1,000).
 */
export function relevanceSql(sql: SqlText, type: Type, alias: string, q: string): string {
  const called = `search_plain(${sql.constant(q, 'text')})`;
  const [first = `''`, ...further] = namingFields(type).map((name) => `search_plain(${wordsSql(type, [name], alias)})`);
  const begins = (name: string): string => `strpos(' ' || ${name}, ' ' || ${called}) > 0`;
  return `case when ${first} = ${called} then 1400
    when starts_with(${first}, ${called}) then 1300
    when ${begins(first)} then 1200
    ${further.map((name) => `when ${begins(name)} then 1100`).join(' ')}
    when ${exactSql(sql, type, alias, q)} then 1001
    else (strict_word_similarity(${called}, ${namesSql(type, alias) ?? first}) * 1000)::int end`;
}

function wordsSql(type: Type, fields: readonly string[], alias: string | null): string {
  const words = fields.map((name) => {
    const column = columnOf(type, name).name;
    return `search_words(${alias ? `${alias}.` : ''}${column})`;
  });
  return words.join(` || ' ' || `);
}
