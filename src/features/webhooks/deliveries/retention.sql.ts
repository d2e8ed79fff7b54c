import type { Statement } from '../../../platform/database/tx.js';

const EACH = 250;
const AT_ONCE = 1_000;

/** A condition on the event `e`: a delivery of it exists, so the event must be kept. */
export const DELIVERED = `exists (select from deliveries d where d.account_id = e.account_id and d.event_id = e.id)`;

/**
 * Deletes a bounded number of deliveries that ended more than `days` ago, with their attempts. A delivery that is sent
 * again at the same time is pending once its lock is free, and stays. Ids follow creation (UUIDv7), so no index on time
 * is needed.
 */
export function forgetDeliveries(days: number, now: Date | null): Statement {
  return {
    text: `with cutoff as (select coalesce($1::timestamptz, now()) - make_interval(days => $2) as at),
      old as materialized (
        select d.account_id, d.id
        from (select distinct account_id from webhooks) a
        cross join (select at, (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid as id
          from cutoff) c
        cross join lateral (
          select * from deliveries d
          where d.account_id = a.account_id and d.id < c.id and d.state <> 'pending' and d.updated_at < c.at
          order by d.id limit ${EACH} for update skip locked) d
        limit ${AT_ONCE}),
      gone as (
        delete from deliveries d using old o where d.account_id = o.account_id and d.id = o.id returning 1),
      tried as (delete from attempts a using old o where a.account_id = o.account_id and a.delivery_id = o.id)
      select count(*)::int as deleted from gone`,
    values: [now, days],
  };
}
