import type { Statement } from '../../../platform/database/tx.js';
import { asksFor, neededFor, scopesByType } from '../asked.sql.js';
import { BODY, WISHES } from './claim.sql.js';
import type { Claimed, Hold } from './claim.sql.js';

/** One row for each delivery that is claimed already, and at least one row, for the counts. */
export interface Spread extends Claimed {
  /** Events taken, and deliveries created from them, claimed or not. */
  readonly events: number;
  readonly deliveries: number;
  /** Null when nothing is claimed. */
  readonly id: string;
}

/**
 * Each event is looked up separately: in a join with old statistics, PostgreSQL scanned an account's whole log, which
 * took 1.2 s.
 */
const SPREAD = `spread as materialized (
        select e.account_id, new_id() as id, w.id as webhook_id, w.version, e.id as event_id, e.type, e.body, ${WISHES} as wishes,
          row_number() over (partition by w.id) as place, row_number() over () as of_all, 
          case when w.throttle_per_second is null then coalesce(k.room, $3) else 0 end as room
        from taken t
        cross join lateral (
          select e.*, case when $4 > 0 then ${BODY} end as body, ${neededFor('e.type', '$9')} as needed
          from events e where e.account_id = t.account_id and e.id = t.event_id limit 1) e
        join webhooks w on w.account_id = t.account_id and w.status = 'active' and w.deleted_at is null and ${asksFor('coalesce($2::timestamptz, now())')}
        left join unnest($5::uuid[], $6::int[]) k(id, room) on k.id = w.id)`;

/**
 * Takes up to `limit` events out of the outbox and creates a delivery for each active endpoint that asks for them, in
 * one statement. Two workers take different events, and a repeated event creates no second delivery. Deliveries for
 * which there is room, at endpoints without a throttle, are created as claimed, with the first attempt counted. That
 * saves the update of a claim, and reading each event again.
 */
export function fanOut(limit: number, { token, leaseMs, appetite }: Hold, now: Date | null): Statement {
  const { total, each, rooms } = appetite;
  return {
    text: `with taken as (
        delete from outbox where ctid = any(array(select ctid from outbox limit $1 for update skip locked))
        returning account_id, event_id),
      ${SPREAD},
      made as (
        insert into deliveries (account_id, id, created_at, updated_at, webhook_id, event_id, event_type, next_attempt_at,
          attempt_count, lease_token, leased_until)
        select s.account_id, s.id, at.now, at.now, s.webhook_id, s.event_id, s.type, at.now,
          h.held::int, case when h.held then $7::uuid end, case when h.held then at.now + $8 * interval '1 ms' end
        from spread s
        cross join lateral (select s.place <= s.room and s.of_all <= $4 as held) h
        cross join (select coalesce($2::timestamptz, now()) as now) at
        on conflict on constraint deliveries_once_per_endpoint do nothing
        returning id, lease_token)
      select c.events, c.deliveries, s.account_id as "accountId", s.id, s.webhook_id as "webhookId", s.version, 1 as attempt,
        1 as step, s.event_id as "eventId", s.body,
        case when lag(s.webhook_id) over () is distinct from s.webhook_id then s.wishes end as wishes
      from (select (select count(*) from taken)::int as events, (select count(*) from made)::int as deliveries) c
      left join spread s on (s.id in (select id from made where lease_token is not null)) is true`,
    values: [limit, now, each, total, [...rooms.keys()], [...rooms.values()], token, leaseMs, scopesByType()],
  };
}
