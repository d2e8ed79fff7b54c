import { leastIdOf } from '../../../kit/ids.js';
import type { Statement } from '../../../platform/database/tx.js';
import { webhookEvents } from '../webhook.events.js';
import { MOST_RECOVERED } from './recovery.shapes.js';

/** The failed deliveries of one endpoint. */
export interface Failed {
  readonly accountId: string;
  readonly webhookId: string;
  readonly since: Date;
  readonly until: Date | null;
}

/** Trials are left out: a failed trial is not sent again. */
const TRIALS = [webhookEvents.ping, webhookEvents.sample].map(({ name }) => `'${name}'`).join(', ');

/** Ids follow creation, so the index of failed deliveries leads to the first of them. */
const FAILED = `from deliveries where account_id = $1 and webhook_id = $2 and state in ('exhausted', 'cancelled')
  and id >= $3 and created_at >= $4 and ($5::timestamptz is null or created_at < $5) and event_type not in (${TRIALS})`;

export function countFailed(failed: Failed): Statement {
  return { text: `select count(*)::int as count ${FAILED}`, values: valuesOf(failed) };
}

/**
 * Sends failed deliveries again, at once and then by the schedule from its beginning, oldest first and at most 10,000.
 * One more is read, to know whether there are more.
 */
export function resendFailed(failed: Failed, now: Date | null): Statement {
  return {
    text: `with at as materialized (select coalesce($6::timestamptz, now()) as now),
      failed as materialized (select id ${FAILED} order by id limit ${MOST_RECOVERED + 1} for update),
      chosen as (select id from failed order by id limit ${MOST_RECOVERED}),
      again as (
        update deliveries d set state = 'pending', next_attempt_at = at.now, updated_at = at.now, version = d.version + 1,
          schedule_start = d.attempt_count - case when d.lease_token is null then 0 else 1 end
        from chosen c, at where d.account_id = $1 and d.id = c.id returning 1)
      select (select count(*) from again)::int as count, (select count(*) from failed) > ${MOST_RECOVERED} as "hasMore"`,
    values: [...valuesOf(failed), now],
  };
}

function valuesOf({ accountId, webhookId, since, until }: Failed): unknown[] {
  return [accountId, webhookId, leastIdOf(since), since, until];
}
