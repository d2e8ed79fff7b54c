import { Injectable } from '@nestjs/common';
import type { Clock } from '../../../platform/clock/clock.js';
import type { Statement } from '../../../platform/database/tx.js';
import { recordSql } from '../../../platform/database/record-sql.js';
import { SystemStatement } from '../../../platform/database/system-statement.js';
import { Projection } from '../../../platform/projection/projection.js';
import type { SqlText } from '../../../platform/projection/sql-text.js';
import { Delivery } from '../deliveries/delivery.entity.js';
import { Webhook } from '../webhook.entity.js';
import { webhookEvents } from '../webhook.events.js';
import type { Outcome } from './exchange.js';

/** The result of a claim. */
export interface Result {
  readonly accountId: string;
  readonly id: string;
  /** The token of the claim. */
  readonly token: string;
  readonly state: 'delivered' | 'pending' | 'exhausted' | 'cancelled';
  /** Seconds until the next attempt, if there is one. */
  readonly delay: number;
  /** Null if no attempt was made. The claim then does not count as an attempt. */
  readonly attempt: AttemptMade | null;
}

interface AttemptMade {
  readonly number: number;
  readonly startedAt: Date;
  readonly outcome: Outcome;
}

/** An endpoint that failed and did not succeed in the same batch. */
export interface Strike {
  readonly accountId: string;
  readonly id: string;
  /** Whether it answered 410: it is permanently gone (RFC 9110 §15.5.11). */
  readonly gone: boolean;
}

/**
 * The columns of the results. The planner does not know the length of arrays that come from subqueries: for 500 rows it
 * would read and hash the whole table, which takes five times as long as 500 lookups of the primary key.
 */
const HIDDEN = ['uuid', 'uuid', 'uuid', 'text', 'float8', 'int', 'float8', 'int', 'int', 'text', 'text'].map(
  (type, index) => `(select $${index + 2}::${type}[])`,
);

/**
 * Records results and logs their attempts, each only if the row still has the token of its claim: a result that arrives
 * after the lease ended writes nothing. Returns how many were accepted, and which of those did not succeed.
 */
export function acknowledge(results: readonly Result[], now: Date | null): Statement {
  return {
    text: `with at as (select coalesce($1::timestamptz, now()) as now),
      result as (select * from unnest(${HIDDEN.join(', ')})
        r(account_id, id, token, state, delay, number, started_ms, duration_ms, status_code, error_code, response)),
      accepted as (
        update deliveries d set state = r.state,
          next_attempt_at = case when r.state <> 'pending' then null
            when r.number is null then d.next_attempt_at else at.now + r.delay * interval '1 s' end,
          attempt_count = d.attempt_count - case when r.number is null then 1 else 0 end,
          lease_token = null, leased_until = null, updated_at = at.now, version = d.version + 1
        from result r, at where d.account_id = r.account_id and d.id = r.id and d.lease_token = r.token
        returning d.account_id, d.id, d.webhook_id, d.state, r.number, r.started_ms, r.duration_ms, r.status_code,
          r.error_code, r.response),
      logged as (
        insert into attempts (account_id, id, delivery_id, number, started_at, duration_ms, status_code, error_code, response)
        select account_id, new_id(), id, number, to_timestamp(started_ms / 1000), duration_ms, status_code, error_code, response
        from accepted where number is not null),
      healed as (
        update webhooks w set failing_since = null
        where w.failing_since is not null and (w.account_id, w.id) in (
          select account_id, webhook_id from accepted where state = 'delivered'))
      select (select count(*) from accepted)::int as accepted,
        array(select id from accepted where state <> 'delivered' and number is not null) as failed`,
    values: [now, ...columnsOf(results)],
  };
}

/** One array per column: PostgreSQL reads them in a third of the time that the same rows take as JSON. */
function columnsOf(results: readonly Result[]): unknown[][] {
  const outcomes = results.map(({ attempt }) => attempt?.outcome);
  return [
    results.map(({ accountId }) => accountId),
    results.map(({ id }) => id),
    results.map(({ token }) => token),
    results.map(({ state }) => state),
    results.map(({ delay }) => delay),
    results.map(({ attempt }) => attempt?.number ?? null),
    results.map(({ attempt }) => attempt?.startedAt.getTime() ?? null),
    outcomes.map((outcome) => outcome?.durationMs ?? null),
    outcomes.map((outcome) => outcome?.statusCode ?? null),
    outcomes.map((outcome) => outcome?.errorCode ?? null),
    outcomes.map((outcome) => outcome?.response ?? null),
  ];
}

/** The keys of rows, one array per column. */
type Named = { readonly accounts: readonly string[]; readonly ids: readonly string[] };

type Struck = Named & { readonly gone: readonly boolean[] };

/** The effects of failures on endpoints, with the events that report them. */
@Injectable()
export class Consequences {
  private readonly striking: SystemStatement<Struck>;
  private readonly telling: SystemStatement<Named>;

  constructor(projection: Projection) {
    this.striking = new SystemStatement((sql) => strike(sql, projection));
    this.telling = new SystemStatement((sql) => tell(sql, projection));
  }

  /** Records since when endpoints have failed, and disables those that are gone or have failed for 120 hours. */
  strike(strikes: readonly Strike[], clock: Clock): Statement {
    return this.striking.bind({ ...namesOf(strikes), gone: strikes.map(({ gone }) => gone) }, clock);
  }

  /**
   * Records an event for each exhausted delivery. Deliveries of `webhook.*` events are left out: otherwise each failure
   * could cause another event without end.
   */
  tellExhausted(deliveries: readonly Result[], clock: Clock): Statement {
    return this.telling.bind(namesOf(deliveries), clock);
  }
}

function namesOf(rows: readonly { readonly accountId: string; readonly id: string }[]): Named {
  return { accounts: rows.map(({ accountId }) => accountId), ids: rows.map(({ id }) => id) };
}

const TOLD = 'select count(*)::int as told from event';

/** Rows are locked in the order of their ids, so that two workers that update the same endpoints cannot deadlock. */
function strike(sql: SqlText, projection: Projection) {
  const now = sql.now();
  const arrays = [sql.value('accounts', 'uuid[]'), sql.value('ids', 'uuid[]'), sql.value('gone', 'boolean[]')];
  const given = `unnest(${arrays.join(', ')}) s(account_id, id, gone)`;
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
  return { parts, answer: TOLD };
}

function tell(sql: SqlText, projection: Projection) {
  const parts = [
    `exhausted as (select d.* from deliveries d
      join unnest(${sql.value('accounts', 'uuid[]')}, ${sql.value('ids', 'uuid[]')}) r(account_id, id)
        on d.account_id = r.account_id and d.id = r.id
      where d.event_type not like 'webhook.%')`,
    ...recordSql(sql, projection, Delivery, webhookEvents.deliveryExhausted, 'exhausted'),
  ];
  return { parts, answer: TOLD };
}
