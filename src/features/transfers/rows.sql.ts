import type { Statement } from '../../platform/database/tx.js';
import type { TravellingTable } from './layout.service.js';

/** The row of the account, without its id. */
export function settingsRow(accountId: string): Statement {
  const text = `select (to_jsonb(t) - array['account_id', 'id'])::text as row from accounts t where t.account_id = $1`;
  return { text, values: [accountId] };
}

/** The rows of a table, to be fetched some at a time. What refers to rows of the same table comes later, in the links. */
export function openRows(accountId: string, { table, key, own }: TravellingTable): Statement {
  const without =
    own.length === 0 ? '' : ` || '${JSON.stringify(Object.fromEntries(own.map((name) => [name, null])))}'`;
  return {
    text: `declare travelling no scroll cursor for select (to_jsonb(t) - 'account_id'${without})::text as row
      from ${table} t where t.account_id = $1 order by ${inOrder(key)}`,
    values: [accountId],
  };
}

/** The links between rows of one table. */
export function openLinks(accountId: string, { table, key, own }: TravellingTable): Statement {
  const shown = [...key, ...own].map((name) => `'${name}', t.${name}`).join(', ');
  return {
    text: `declare travelling no scroll cursor for select jsonb_build_object(${shown})::text as row
      from ${table} t where t.account_id = $1 and (${own.map((name) => `t.${name} is not null`).join(' or ')})
      order by ${inOrder(key)}`,
    values: [accountId],
  };
}

export function fetchRows(most: number): Statement {
  return { text: `fetch ${most} from travelling`, values: [] };
}

export const CLOSE_ROWS: Statement = { text: 'close travelling', values: [] };

/** Later than any time that a worker could wait for, and exact: a thousand years of hours. */
const HELD = `interval '8766000 hours'`;
const FAR = `'2500-01-01'::timestamptz`;

/** Adds the rows of these lines, a JSON list of them. Times that workers wait for are put off. */
export function addRows(accountId: string, { table, columns, held }: TravellingTable, lines: string): Statement {
  const values = columns.map((name) => (name === held ? `r.${name} + ${HELD}` : `r.${name}`));
  return {
    text: `insert into ${table} (account_id, ${columns.join(', ')})
      select $1::uuid, ${values.join(', ')} from jsonb_array_elements($2::jsonb) line, jsonb_populate_record(null::${table}, line -> 'row') r`,
    values: [accountId, lines],
  };
}

/** Links rows of one table, as these lines say. */
export function linkRows(accountId: string, { table, key, own }: TravellingTable, lines: string): Statement {
  return {
    text: `update ${table} t set ${own.map((name) => `${name} = r.${name}`).join(', ')}
      from jsonb_array_elements($2::jsonb) line, jsonb_populate_record(null::${table}, line -> 'link') r
      where ${same(key, 'r')}`,
    values: [accountId, lines],
  };
}

/** Lets some of the times go that were put off. Returns how many. */
export function releaseSome(accountId: string, { table, key, held }: TravellingTable, most: number): Statement {
  const keys = key.join(', ');
  return {
    text: `with taken as (select ${keys} from ${table} where account_id = $1 and ${held} > ${FAR} limit $2),
      gone as (update ${table} t set ${held} = t.${held} - ${HELD} from taken s
        where ${same(key, 's')} returning 1)
      select count(*)::int as count from gone`,
    values: [accountId, most],
  };
}

/** Deletes some rows. Returns how many. */
export function deleteSome(accountId: string, { table, key }: TravellingTable, most: number): Statement {
  return {
    text: `with taken as (select ${['account_id', ...key].join(', ')} from ${table} where account_id = $1 limit $2),
      gone as (delete from ${table} t using taken s where ${same(key, 's')} returning 1)
      select count(*)::int as count from gone`,
    values: [accountId, most],
  };
}

/** The first of these tables that has rows of the account. */
export function firstFilled(accountId: string, tables: readonly TravellingTable[]): Statement {
  const each = tables.map(
    ({ table, name }) => `select '${name}' as name where exists (select from ${table} t where t.account_id = $1)`,
  );
  return { text: `select name from (${each.join(' union all ')}) filled limit 1`, values: [accountId] };
}

/** Gives the account the settings of the file. */
export function takeSettings(accountId: string, columns: readonly string[], settings: string): Statement {
  return {
    text: `update accounts a set ${columns.map((name) => `${name} = r.${name}`).join(', ')}
      from jsonb_populate_record(null::accounts, $2::jsonb) r where a.account_id = $1`,
    values: [accountId, settings],
  };
}

/** Some tables have one row of each account. */
function inOrder(key: readonly string[]): string {
  return ['account_id', ...key].map((name) => `t.${name}`).join(', ');
}

function same(key: readonly string[], other: string): string {
  return ['account_id', ...key]
    .map((name) => `t.${name} = ${name === 'account_id' ? '$1' : `${other}.${name}`}`)
    .join(' and ');
}
