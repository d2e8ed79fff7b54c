import { cursorSql } from '../../../kit/cursor.js';
import type { Statement } from '../../database/tx.js';
import { boundedSql } from '../../projection/json-text.js';
import type { LogPosition } from '../../events/log-position.js';

interface ChangesQuery {
  readonly account: string;
  /** Null begins with the oldest event that is kept. */
  readonly since: LogPosition | null;
  readonly first: number;
  /** Names of events; null for all. */
  readonly types: readonly string[] | null;
  readonly key: Buffer;
}

/** How much of the log one page looks through when only some of it may be shown: a few milliseconds. */
const WINDOW = 5_000;

/**
 * A page of changes as one text, in the log's order. It shows only transactions below the horizon, so that none can
 * appear before what was shown. Where not everything may be shown it looks at a bounded stretch of the log, and the
 * next page goes on at its end. The cell is null when events after `since` may have been forgotten.
 */
export function changesPage({ account, since, first, types, key }: ChangesQuery): Statement {
  const window = types === null ? first : Math.max(first, WINDOW);
  const reached = `json_build_array(coalesce(r.transaction_id, o.transaction_id)::text, coalesce(r.sequence, o.sequence)::text)::text`;
  return {
    text: `with origin as materialized (
        select coalesce($2::xid8, f.transaction_id, '0') as transaction_id, coalesce($3::bigint, f.sequence, 0) as sequence,
          coalesce(($2::xid8, $3::bigint) < (f.transaction_id, f.sequence), false) as expired
        from (select) nothing left join forgotten_events f on f.account_id = $1::uuid),
      scanned as materialized (
        select e.*, row_number() over (order by e.transaction_id, e.sequence) as n
        from origin o cross join lateral (
          select e.id, e.transaction_id, e.sequence, ($4::text[] is null or e.type = any($4::text[])) as visible
          from events e
          where e.account_id = $1::uuid and (e.transaction_id, e.sequence) > (o.transaction_id, o.sequence)
            and e.transaction_id < log_horizon()
          order by e.transaction_id, e.sequence limit $6::int + 1) e
        where not o.expired),
      shown as materialized (select id, n from scanned where visible and n <= $6::int order by n limit $5::int),
      counted as (select (select count(*) from shown) as shown, (select count(*) from scanned) as scanned),
      reached as (
        select s.transaction_id, s.sequence, s.n from scanned s, counted c
        where s.n = case when c.shown = $5::int then (select max(n) from shown) else least(c.scanned, $6::int) end)
      select case when not o.expired then ${boundedSql(`json_build_object(
          'data', coalesce((select json_agg(${CHANGE} order by s.n)
            from shown s join events e on e.account_id = $1::uuid and e.id = s.id), '[]'),
          'page', json_build_object('next', ${cursorSql(reached, '$7::bytea')}, 'hasMore', c.scanned > coalesce(r.n, 0))
        )::text`)} end as json
      from origin o cross join counted c left join reached r on true`,
    values: [account, since?.transaction, since?.sequence, types, first, window, key],
  };
}

/** The current end of the log, as an empty page: events of open transactions come after it. */
export function changesFromNow(key: Buffer): Statement {
  const now = `json_build_array(log_horizon()::text, '0')::text`;
  const page = `json_build_object('next', ${cursorSql(now, '$1::bytea')}, 'hasMore', false)`;
  return { text: `select json_build_object('data', '[]'::json, 'page', ${page})::text as json`, values: [key] };
}

const CHANGE = `row_to_json((select "$row" from (select e.id, e.type, e.subject_type as "resource", e.subject_id as "resourceId",
  to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "occurredAt",
  e.type like '%.deleted' as "deleted",
  case when e.type not like '%.deleted' then e.data end as "data",
  e.previous as "previous") "$row"))`;
