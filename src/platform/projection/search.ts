import type { Type } from '@nestjs/common';
import { namingFields, searchableFields } from '../contract/filters.js';
import { columnOf } from '../contract/tables.js';
import type { SqlText } from './sql-text.js';

/** The sort key of a search without an order of its own: the best match first. No caller can name it. */
export const RELEVANCE = ' relevance';

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

/** All of the words, each as the beginning of a word: `ada love` finds Ada Lovelace, and `ceo` finds Founder/CEO; or names almost like them. */
export function searchSql(sql: SqlText, type: Type, alias: string, q: string): string {
  const asked = sql.constant(q, 'text');
  const exact = `${searchedSql(type, alias)} @@ search_query(${asked})`;
  const names = namesSql(type, alias);
  return names ? `(${exact} or ${names} %>> search_similar(${asked}))` : exact;
}

/**
 * How well a row matches, as a whole number: its first name is `q` (1,400), begins with it (1,300) or has a word that does (1,200), or a further name
 * has (1,100); it matches elsewhere (1,001); its names are only similar (up to 1,000). Whether a similar row also matches
 * exactly is asked only of these rows, because it takes longer than all the rest.
 */
export function relevanceSql(sql: SqlText, type: Type, alias: string, q: string): string {
  const asked = sql.constant(q, 'text');
  const [plain, similar] = [`search_plain(${asked})`, `search_similar(${asked})`];
  const names = namesSql(type, alias) ?? `''`;
  const first = `search_plain(${wordsSql(type, namingFields(type).slice(0, 1), alias)})`;
  return `case when ${first} = ${plain} then 1400
    when starts_with(${first}, ${plain}) then 1300
    when strpos(' ' || ${first}, ' ' || ${plain}) > 0 then 1200
    when strpos(' ' || ${names}, ' ' || ${plain}) > 0 then 1100
    when ${names} %>> ${similar} and not ${searchedSql(type, alias)} @@ search_query(${asked})
      then (strict_word_similarity(${similar}, ${names}) * 1000)::int
    else 1001 end`;
}

function wordsSql(type: Type, fields: readonly string[], alias: string | null): string {
  const words = fields.map((name) => {
    const column = columnOf(type, name).name;
    return `search_words(${alias ? `${alias}.` : ''}${column})`;
  });
  return words.join(` || ' ' || `);
}
