import type { Statement } from '../../database/tx.js';
import type { LogPosition } from '../log-position.js';

/** Where one account's log has been read to. */
export interface AccountPlace {
  readonly account: string;
  readonly at: LogPosition;
}

const NEXT_EVENTS = `select e.account_id as "accountId", e.id, e.type, e.subject_type as "subjectType", e.subject_id as "subjectId",
    to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "occurredAt",
    case when e.transaction_id < log_horizon() then e.data end as data,
    case when e.transaction_id < log_horizon() then e.previous end as previous,
    e.transaction_id::text as transaction, e.sequence, e.transaction_id < log_horizon() as settled
  from events e`;

/**
 * The next events of many accounts at once, up to `limit` of each. Those that are not settled come last: an older
 * transaction is still open and may still record an event before them.
 */
export function nextOfAll(places: readonly AccountPlace[], limit: number): Statement {
  return {
    text: `select e.* from unnest($1::uuid[], $2::xid8[], $3::bigint[]) k(account_id, transaction_id, sequence)
      cross join lateral (${NEXT_EVENTS}
        where e.account_id = k.account_id and (e.transaction_id, e.sequence) > (k.transaction_id, k.sequence)
        order by e.transaction_id, e.sequence limit $4) e
      order by e.transaction::xid8, e.sequence`,
    values: [
      places.map(({ account }) => account),
      places.map(({ at }) => at.transaction),
      places.map(({ at }) => at.sequence),
      limit,
    ],
  };
}

/** The next events of one account; the column `expired` tells whether some may have been deleted already. Returns at least one row. */
export function nextOfOne({ account, at }: AccountPlace, limit: number): Statement {
  return {
    text: `select f.expired, e.* from (
        select exists (select from forgotten_events f where f.account_id = $1::uuid
          and (f.transaction_id, f.sequence) > ($2::xid8, $3::bigint)) as expired) f
      left join lateral (${NEXT_EVENTS}
        where e.account_id = $1::uuid and (e.transaction_id, e.sequence) > ($2::xid8, $3::bigint)
        order by e.transaction_id, e.sequence limit $4) e on not f.expired`,
    values: [account, at.transaction, at.sequence, limit],
  };
}

/** The position right after an event that is still kept; no row if there is none. */
export function placeOfEvent(account: string, id: string): Statement {
  return {
    text: `select transaction_id::text as transaction, sequence from events where account_id = $1 and id = $2`,
    values: [account, id],
  };
}

/**
 * The position after which new events come, including those of open transactions. An open transaction, of any account,
 * also holds back events that are committed already: `known` are their ids.
 */
export function placeOfNow(account: string): Statement {
  return {
    text: `select log_horizon()::text as transaction, 0 as sequence,
      array(select id from events where account_id = $1 and transaction_id >= log_horizon()) as known`,
    values: [account],
  };
}
