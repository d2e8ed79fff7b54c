import type { Type } from '@nestjs/common';
import { searchableFields } from '../contract/filters.js';
import { columnOf } from '../contract/tables.js';
import type { SqlText } from './sql-text.js';

/**
 * The words that `q` searches. The table's index is over exactly this expression, written for the bare table:
 * `create index … using gin (account_id, <searchedSql(type, null)>)`.
 */
export function searchedSql(type: Type, alias: string | null): string {
  const words = searchableFields(type).map((name) => {
    const column = columnOf(type, name).name;
    return `search_words(${alias ? `${alias}.` : ''}${column})`;
  });
  return `to_tsvector('simple', ${words.join(` || ' ' || `)})`;
}

/** All of the words, each as the beginning of a word: `ada love` finds Ada Lovelace. */
export function searchSql(sql: SqlText, type: Type, alias: string, q: string): string {
  const lexemes = `unnest(tsvector_to_array(to_tsvector('simple', ${sql.constant(q, 'text')}))) word`;
  const query = `(select string_agg(quote_literal(word) || ':*', ' & ') from ${lexemes})::tsquery`;
  return `${searchedSql(type, alias)} @@ ${query}`;
}
