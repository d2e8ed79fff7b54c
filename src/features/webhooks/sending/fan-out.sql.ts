import type { Statement } from '../../../platform/database/tx.js';
import { webhookEvents } from '../webhook.events.js';

const { ping, endpointDisabled, deliveryExhausted } = webhookEvents;

/**
 * Who gets an event. A trial goes to the endpoint it is about; the news of an endpoint's trouble goes to the others,
 * or a dead endpoint would be told of its death, over and over. A filter is a path that is true or false of the data: an
 * event that it turns away costs its evaluation, and no row.
 */
const MATCHES = `case e.type
    when '${ping.name}' then w.id = e.subject_id
    else w.event_types && array['*', e.type, split_part(e.type, '.', 1) || '.*']
      and case e.type
        when '${endpointDisabled.name}' then w.id <> e.subject_id
        when '${deliveryExhausted.name}' then w.id <> (e.data ->> 'webhookId')::uuid
        else true
      end
      and (w.filter_path is null or e.data::jsonb @@ w.filter_path::jsonpath)
  end`;

/**
 * Takes up to `limit` events out of the outbox and makes a delivery for each active endpoint that wants them: events in,
 * deliveries out, in one statement. Two workers take different events, and a repeated event makes no second delivery.
 * Each event is looked up by itself: joined, PostgreSQL scanned an account's whole log when its statistics were old, 1.2 s.
 */
export function fanOut(limit: number, now: Date | null): Statement {
  return {
    text: `with taken as (
        delete from outbox where ctid = any(array(select ctid from outbox limit $1 for update skip locked))
        returning account_id, event_id),
      made as (
        insert into deliveries (account_id, id, created_at, updated_at, webhook_id, event_id, event_type, next_attempt_at)
        select e.account_id, new_id(), at.now, at.now, w.id, e.id, e.type, at.now
        from taken t
        cross join lateral (
          select * from events where account_id = t.account_id and id = t.event_id limit 1) e
        join webhooks w on w.account_id = t.account_id and w.status = 'active' and w.deleted_at is null and ${MATCHES}
        cross join (select coalesce($2::timestamptz, now()) as now) at
        on conflict on constraint deliveries_once_per_endpoint do nothing
        returning 1)
      select (select count(*) from taken)::int as events, (select count(*) from made)::int as deliveries`,
    values: [limit, now],
  };
}
