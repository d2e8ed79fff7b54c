import { Injectable } from '@nestjs/common';
import type { Clock } from '../../../platform/clock/clock.js';
import type { Statement } from '../../../platform/database/tx.js';
import { recordSql } from '../../../platform/events/record-sql.js';
import { Projection } from '../../../platform/projection/projection.js';
import { SqlText } from '../../../platform/projection/sql-text.js';
import { Delivery } from '../deliveries/delivery.entity.js';
import { Webhook } from '../webhook.entity.js';
import { webhookEvents } from '../webhook.events.js';

/** What became of a claim, as a row of JSON. */
export interface Result {
  readonly account_id: string;
  readonly id: string;
  readonly token: string;
  readonly state: 'delivered' | 'pending' | 'exhausted' | 'cancelled';
  /** Seconds until the next attempt, when there is one. */
  readonly delay: number;
  /** The attempt; absent when none was made, and then the claim did not count. */
  readonly number?: number;
  readonly started_at?: Date;
  readonly duration_ms?: number;
  readonly status_code?: number | null;
  readonly error_code?: string | null;
  readonly response?: string | null;
}

/** An endpoint that failed, and did not succeed meanwhile. */
export interface Strike {
  readonly account_id: string;
  readonly id: string;
  /** It answered 410: it is gone for good (RFC 9110 §15.5.11). */
  readonly gone: boolean;
}

const RECORD = `r(account_id uuid, id uuid, token uuid, state text, delay float8, number int, started_at timestamptz,
  duration_ms int, status_code int, error_code text, response text)`;

/**
 * Records results and logs their attempts, each only under the token of the claim it came from: what a process does
 * after its lease ended writes nothing. Answers how many were accepted, and which of them did not succeed.
 */
export function acknowledge(results: readonly Result[], now: Date | null): Statement {
  return {
    text: `with at as (select coalesce($2::timestamptz, now()) as now),
      result as (select * from json_to_recordset($1::json) as ${RECORD}),
      accepted as (
        update deliveries d set state = r.state,
          next_attempt_at = case when r.state <> 'pending' then null
            when r.number is null then d.next_attempt_at else at.now + r.delay * interval '1 s' end,
          attempt_count = d.attempt_count - case when r.number is null then 1 else 0 end,
          lease_token = null, leased_until = null, updated_at = at.now, version = d.version + 1
        from result r, at where d.account_id = r.account_id and d.id = r.id and d.lease_token = r.token
        returning d.account_id, d.id, d.webhook_id, d.state, r.number, r.started_at, r.duration_ms, r.status_code,
          r.error_code, r.response),
      logged as (
        insert into attempts (account_id, id, delivery_id, number, started_at, duration_ms, status_code, error_code, response)
        select account_id, new_id(), id, number, started_at, duration_ms, status_code, error_code, response
        from accepted where number is not null),
      healed as (
        update webhooks w set failing_since = null
        where w.failing_since is not null and (w.account_id, w.id) in (
          select account_id, webhook_id from accepted where state = 'delivered'))
      select (select count(*) from accepted)::int as accepted,
        array(select id from accepted where state <> 'delivered' and number is not null) as failed`,
    values: [JSON.stringify(results), now],
  };
}

/** What failure does to endpoints, and the news of it. */
@Injectable()
export class Consequences {
  private readonly striking = new SqlText();
  private readonly strikeText: string;
  private readonly telling = new SqlText();
  private readonly tellText: string;

  constructor(projection: Projection) {
    this.strikeText = strikeText(this.striking, projection);
    this.tellText = tellText(this.telling, projection);
  }

  /** Notes since when endpoints fail, and disables those that are gone or have failed for 120 hours. */
  strike(strikes: readonly Strike[], clock: Clock): Statement {
    return this.bind(this.striking, this.strikeText, { strikes: JSON.stringify(strikes) }, clock);
  }

  /** Tells of exhausted deliveries; one that itself was news of webhooks ends in silence, or the news would never end. */
  tellExhausted(deliveries: readonly { account_id: string; id: string }[], clock: Clock): Statement {
    return this.bind(this.telling, this.tellText, { rows: JSON.stringify(deliveries) }, clock);
  }

  private bind(sql: SqlText, text: string, values: Record<string, unknown>, clock: Clock): Statement {
    return { text, values: sql.parameters({ account: '', timeZone: 'UTC', now: clock.forSql(), values }) };
  }
}

/** Rows are locked in the order of their ids, so that two workers that strike the same endpoints take turns. */
function strikeText(sql: SqlText, projection: Projection): string {
  const now = sql.now();
  const given = `json_to_recordset(${sql.value('strikes', 'json')}) as s(account_id uuid, id uuid, gone boolean)`;
  const parts = [
    `struck as (select w.account_id, w.id, s.gone, w.failing_since from webhooks w join ${given}
        on w.account_id = s.account_id and w.id = s.id
      where w.status <> 'disabled' and w.deleted_at is null
        and (s.gone or w.failing_since is null or w.failing_since <= ${now} - interval '120 hours')
      order by w.account_id, w.id for update of w)`,
    `failing as (update webhooks w set failing_since = ${now} from struck s
      where w.account_id = s.account_id and w.id = s.id and s.failing_since is null and not s.gone)`,
    `disabled as (update webhooks w set status = 'disabled', disabled_reason = case when s.gone then 'gone' else 'failing' end,
        updated_at = ${now}, version = w.version + 1 from struck s
      where w.account_id = s.account_id and w.id = s.id and (s.gone or s.failing_since is not null) returning w.*)`,
    ...recordSql(sql, projection, Webhook, webhookEvents.endpointDisabled, 'disabled'),
  ];
  return `with ${parts.join(',\n')} select count(*)::int as told from event`;
}

function tellText(sql: SqlText, projection: Projection): string {
  const parts = [
    `exhausted as (select d.* from deliveries d
      join json_to_recordset(${sql.value('rows', 'json')}) as r(account_id uuid, id uuid)
        on d.account_id = r.account_id and d.id = r.id
      where d.event_type not like 'webhook.%')`,
    ...recordSql(sql, projection, Delivery, webhookEvents.deliveryExhausted, 'exhausted'),
  ];
  return `with ${parts.join(',\n')} select count(*)::int as told from event`;
}
