import type { Statement } from '../../../platform/database/tx.js';
import { untroubled, whoseAccounts } from '../../../platform/jobs/failures.sql.js';
import { accountsOf } from '../../../platform/jobs/shared-job.js';
import type { Portion, Wanted } from '../../../platform/jobs/shared-job.js';

export const FORGET_DELIVERIES = 'forget deliveries';

const EACH = 250;
const AT_ONCE = 1_000;

/** A condition on the event `e`: a delivery of it exists, so the event must be kept. */
export const DELIVERED = `exists (select from deliveries d where d.account_id = e.account_id and d.event_id = e.id)`;

/** The time before which deliveries are old, and the first id of that time. */
const CUTOFF = `(select at, (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid as id
          from (select coalesce($1::timestamptz, now()) - make_interval(days => $2) as at) t)`;
const OLD = `d.id < c.id and d.state <> 'pending' and d.updated_at < c.at`;

/**
 * Deletes a bounded number of deliveries that ended more than `days` ago, with their attempts. A delivery that is sent
 * again at the same time is pending once its lock is free, and stays. Ids follow creation (UUIDv7), so no index on time
 * is needed.
 */
export function forgetDeliveries(days: number, now: Date | null, portions?: readonly Portion[]): Statement {
  const whose = portions ? `account_id = any($3::uuid[])` : untroubled(FORGET_DELIVERIES, 'webhooks.account_id');
  return {
    text: `with old as materialized (
        select d.account_id, d.id
        from (select distinct account_id from webhooks where ${whose}) a cross join ${CUTOFF} c
        cross join lateral (
          select * from deliveries d where d.account_id = a.account_id and ${OLD}
          order by d.id limit ${EACH} for update skip locked) d
        limit ${AT_ONCE}),
      gone as (
        delete from deliveries d using old o where d.account_id = o.account_id and d.id = o.id returning 1),
      tried as (delete from attempts a using old o where a.account_id = o.account_id and a.delivery_id = o.id)
      select count(*)::int as deleted from gone`,
    values: [now, days, ...(portions ? [accountsOf(portions)] : [])],
  };
}

/** Accounts with such deliveries. */
export function findOldDeliveries(days: number, now: Date | null, wanted: Wanted): Statement {
  return {
    text: `select a.account_id as "accountId", a.account_id as id
      from (select distinct w.account_id from webhooks w where ${whoseAccounts(FORGET_DELIVERIES, 'w.account_id', wanted, '$4')}) a
      cross join ${CUTOFF} c where exists (select from deliveries d where d.account_id = a.account_id and ${OLD}) order by 1 limit $3`,
    values: [now, days, wanted.most, ...(wanted.accountId === null ? [] : [wanted.accountId])],
  };
}
