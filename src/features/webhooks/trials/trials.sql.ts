import type { Statement } from '../../../platform/database/tx.js';
import { webhookEvents } from '../webhook.events.js';

interface Sample {
  /** The `webhook-id` it is sent under. */
  readonly deliveryId: string;
  /** The preview as JSON: the event's data, and the bytes to send. */
  readonly preview: string;
  readonly now: Date | null;
}

/**
 * Records that a sample was sent, and its delivery to the one endpoint. The event takes no place in the outbox, so nobody
 * else is told, and the log calls it by its own name: what it shows did not happen.
 */
export function recordSample(accountId: string, webhookId: string, { deliveryId, preview, now }: Sample): Statement {
  return {
    text: `with at as (select coalesce($3::timestamptz, now()) as now),
      event as (
        insert into events (account_id, id, type, subject_type, subject_id, occurred_at, data)
        select w.account_id, new_id(), '${webhookEvents.sample.name}', 'webhook', w.id, at.now, $5::json
        from webhooks w, at where w.account_id = $1 and w.id = $2
        returning account_id, id, type, subject_id)
      insert into deliveries (account_id, id, created_at, updated_at, webhook_id, event_id, event_type, next_attempt_at)
      select e.account_id, $4, at.now, at.now, e.subject_id, e.id, e.type, at.now from event e, at`,
    values: [accountId, webhookId, now, deliveryId, preview],
  };
}
