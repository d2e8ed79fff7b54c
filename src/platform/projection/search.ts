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
  return `search_lexemes(${words.join(` || ' ' || `)})`;
}

/** All of the words, each as the beginning of a word: `ada love` finds Ada Lovelace, and `ceo` finds Founder/CEO. */
export function searchSql(sql: SqlText, type: Type, alias: string, q: string): string {
  return `${searchedSql(type, alias)} @@ search_query(${sql.constant(q, 'text')})`;
}
