import { leastIdOf } from '../../../kit/ids.js';
import type { Statement } from '../../../platform/database/tx.js';
import { asksFor, neededFor, scopesByType } from '../asked.sql.js';
import { webhookEvents } from '../webhook.events.js';
import { MOST_RECOVERED } from './recovery.shapes.js';

/** What to recover for one endpoint, and the present. */
export interface Window {
  readonly accountId: string;
  readonly webhookId: string;
  readonly since: Date;
  readonly until: Date | null;
  /** How long deliveries are kept; 0 for ever. */
  readonly retentionDays: number;
  readonly now: Date | null;
}

/** Trials are left out: a failed trial is not sent again. */
const TRIALS = [webhookEvents.ping, webhookEvents.sample].map(({ name }) => `'${name}'`).join(', ');

const NOW = 'coalesce($6::timestamptz, now())';

/** Ids follow creation, so the index of failed deliveries leads to the first of them. */
const FAILED = `select id from deliveries
  where account_id = $1 and webhook_id = $2 and state in ('exhausted', 'cancelled')
    and id >= $3 and created_at >= $4 and ($5::timestamptz is null or created_at < $5) and event_type not in (${TRIALS})
  order by id limit ${MOST_RECOVERED + 1}`;

/**
 * The events that the endpoint asks for and that have no delivery to it, because it was paused or disabled. Events from
 * before the endpoint, or from before the oldest delivery that is still kept, are not missed: nobody can know whether
 * they were sent. The deliveries of each event are looked up by their unique index: as a join, or by the endpoint too,
 * PostgreSQL with old statistics read all deliveries for each event, which took more than 15 s for 10,000.
 */
const MISSED = `select e.id, e.type, e.transaction_id, e.sequence from webhooks w
  left join forgotten_events f on f.account_id = w.account_id
  cross join lateral (select e.*, ${neededFor('e.type', '$8')} as needed from events e
    where e.account_id = w.account_id and e.id >= $3
      and e.occurred_at >= greatest($4, w.created_at, ${NOW} - nullif($7::int, 0) * interval '1 day')
      and ($5::timestamptz is null or e.occurred_at < $5) and e.type not in (${TRIALS})) e
  where w.account_id = $1 and w.id = $2 and w.deleted_at is null and ${asksFor(NOW)}
    and (f.account_id is null or (e.transaction_id, e.sequence) > (f.transaction_id, f.sequence))
    and e.id not in (select event_id from outbox where account_id = $1)
    and (select bool_or(d.webhook_id = w.id) from deliveries d
      where d.account_id = e.account_id and d.event_id = e.id) is not true
  order by e.transaction_id, e.sequence limit ${MOST_RECOVERED + 1}`;

/** All are due at once, and claimed in their order: the last one is due now. */
const dueAt = (place: string): string => `at.now - (${MOST_RECOVERED} - ${place}) * interval '1 microsecond'`;

const ANSWER = `least(f.count, ${MOST_RECOVERED}) as failed, least(m.count, ${MOST_RECOVERED}) as missed,
  least(f.count, ${MOST_RECOVERED}) + least(m.count, ${MOST_RECOVERED}) as count,
  f.count > ${MOST_RECOVERED} or m.count > ${MOST_RECOVERED} as "hasMore"
  from (select count(*)::int as count from failed) f, (select count(*)::int as count from missed) m`;

export function countLost(window: Window): Statement {
  return {
    text: `with failed as (${FAILED}), missed as (${MISSED}) select ${ANSWER}`,
    values: valuesOf(window),
  };
}

/**
 * Sends failed deliveries again, and missed events for the first time: at once and then by the schedule from its
 * beginning, oldest first and at most 10,000 of each. One more is read, to know whether there are more. Of two calls at
 * once, the second waits for the locks of the first, and the unique index keeps it from creating a delivery again.
 */
export function recoverLost(window: Window): Statement {
  return {
    text: `with at as materialized (select ${NOW} as now),
      failed as materialized (${FAILED} for update),
      missed as materialized (${MISSED}),
      again as (
        update deliveries d set state = 'pending', next_attempt_at = ${dueAt('c.place')},
          updated_at = at.now, version = d.version + 1,
          schedule_start = d.attempt_count - case when d.lease_token is null then 0 else 1 end
        from (select id, row_number() over (order by id) as place from failed order by id limit ${MOST_RECOVERED}) c, at
        where d.account_id = $1 and d.id = c.id),
      made as (
        insert into deliveries (account_id, id, created_at, updated_at, webhook_id, event_id, event_type, next_attempt_at)
        select $1, new_id(), at.now, at.now, $2, m.id, m.type, ${dueAt('m.place')}
        from (select *, row_number() over (order by transaction_id, sequence) as place from missed
          order by transaction_id, sequence limit ${MOST_RECOVERED}) m, at
        order by m.place
        on conflict on constraint deliveries_once_per_endpoint do nothing)
      select ${ANSWER}`,
    values: valuesOf(window),
  };
}

function valuesOf({ accountId, webhookId, since, until, now, retentionDays }: Window): unknown[] {
  return [accountId, webhookId, leastIdOf(since), since, until, now, retentionDays, scopesByType()];
}
