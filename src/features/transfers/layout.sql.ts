import type { Statement } from '../../platform/database/tx.js';

/** What the database knows of a table. */
export interface KnownTable {
  readonly table: string;
  readonly columns: readonly string[];
  /** The primary key, without the account. */
  readonly key: readonly string[];
  /** The tables that its rows refer to. */
  readonly parents: readonly string[];
  /** The columns that refer to rows of the same table. */
  readonly own: readonly string[];
}

/** What the database knows of these tables. */
export function knownTables(tables: readonly string[]): Statement {
  return {
    text: `select c.relname as table,
        array(select a.attname::text from pg_attribute a
          where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attname <> 'account_id' order by a.attnum) as columns,
        array(select a.attname::text from pg_index i cross join unnest(i.indkey::int2[]) with ordinality k(attnum, n)
          join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
          where i.indrelid = c.oid and i.indisprimary and a.attname <> 'account_id' order by k.n) as key,
        array(select distinct f.relname::text from pg_constraint k join pg_class f on f.oid = k.confrelid
          where k.conrelid = c.oid and k.contype = 'f' and f.oid <> c.oid) as parents,
        array(select a.attname::text from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey)
          where k.conrelid = c.oid and k.contype = 'f' and k.confrelid = c.oid and a.attname <> 'account_id' order by 1) as own
      from pg_class c where c.oid = any(array(select to_regclass(name) from unnest($1::text[]) name))`,
    values: [tables],
  };
}
