import type { Statement } from '../../../platform/database/tx.js';
import { webhookEvents } from '../webhook.events.js';

interface Sample {
  /** The `webhook-id` of the sample. */
  readonly deliveryId: string;
  /** The preview as JSON: the event's data, and the bytes to send. */
  readonly preview: string;
  readonly now: Date | null;
}

/**
 * Records that a sample was sent, with its delivery to the one endpoint. The event is not put into the outbox, so no
 * other endpoint receives it. The log has a separate name for it, because the event that it shows did not happen.
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
