import type { Statement } from '../../../platform/database/tx.js';
import { notAside, untroubled } from '../../../platform/jobs/failures.sql.js';
import { columnsOf } from '../../../platform/jobs/shared-job.js';
import type { Portion, Wanted } from '../../../platform/jobs/shared-job.js';
import type { Style } from '../formats/formats.js';

/** The jobs that claim deliveries, and that cancel those of endpoints that have ended. */
export const DELIVER = 'deliver';
export const CANCEL = 'cancel deliveries';

/** A delivery that this process may attempt until its lease ends. */
export interface Claimed {
  readonly accountId: string;
  readonly id: string;
  readonly webhookId: string;
  /** The endpoint's version. An endpoint that is cached with another version is read again. */
  readonly version: number;
  /** The number of this attempt, from 1. */
  readonly attempt: number;
  /** The number of this attempt in the current run of the schedule, from 1. */
  readonly step: number;
  /** The bytes to send, as text. They are built from the text in the log, so they are the same on every attempt. */
  readonly body: string | null;
  readonly eventId: string;
  /** The endpoint's message settings, with one delivery of each endpoint in the claim; null for the standard format. */
  readonly wishes: Wishes | null;
}

/** A row of a claim. If nothing was claimed there is one row, without an id. */
export interface ClaimRow extends Claimed {
  readonly id: string;
  /** When endpoints with a throttle may continue; null when none waits. */
  readonly againInMs: number | null;
}

/**
 * They come with the claim and not with the cached endpoint, because the account's time zone can change without a new
 * version of the endpoint.
 */
export interface Wishes extends Style {
  readonly timeZone: string;
}

/** What a claim asks for. */
export interface Appetite {
  readonly total: number;
  /** The most deliveries of one endpoint, unless `rooms` says otherwise. */
  readonly each: number;
  readonly rooms: ReadonlyMap<string, number>;
  /** The same of each account. */
  readonly accounts: Shares;
}

/** How many deliveries accounts may hold: those that hold some, and any other. */
interface Shares {
  readonly each: number;
  rooms(): ReadonlyMap<string, number>;
}

/** The lease of the deliveries that a process claims, and how many it has room for. */
export interface Hold {
  readonly token: string;
  readonly leaseMs: number;
  readonly appetite: Appetite;
}

/**
 * Every endpoint with pending deliveries, found by skipping through the index from one endpoint to the next: 1,000
 * endpoints that wait for a retry cost 1,000 lookups, whatever the number of their deliveries.
 */
const LANES = `recursive lane(account_id, webhook_id) as (
    (select account_id, webhook_id from deliveries where state = 'pending' order by account_id, webhook_id limit 1)
    union all
    (select n.account_id, n.webhook_id from lane l cross join lateral (
      select account_id, webhook_id from deliveries
      where state = 'pending' and (account_id, webhook_id) > (l.account_id, l.webhook_id)
      order by account_id, webhook_id limit 1) n))`;

/**
 * The delivery is not leased: it was never claimed, or its lease ended. This is filtered and not indexed, so that a
 * claim updates no index.
 */
const FREE = `(d.leased_until is null or d.leased_until <= at.now)`;

/** Endpoints with the standard format, which are nearly all, have no settings to read. */
export const WISHES = `case when w.format <> 'standard' or w.thin then json_build_object(
    'format', w.format, 'thin', w.thin, 'template', case when w.format = 'template' then w.template end,
    'timeZone', (select a.time_zone from accounts a where a.id = w.account_id)) end`;

/**
 * The endpoints with a throttle, locked, so that all workers together respect it. An endpoint that another worker has
 * locked is skipped. At most a tenth of a second of unused capacity is carried over.
 */
const THROTTLED = `throttled as materialized (
      select w.account_id, w.id, w.throttle_per_second as rate,
        greatest(w.throttle_next_at, at.now - interval '100 ms') as next_at
      from at, wanted l join webhooks w on w.account_id = l.account_id and w.id = l.webhook_id
      where w.throttle_per_second is not null and w.status = 'active' and w.deleted_at is null
      for update of w skip locked)`;

/** The endpoints that may be sent to, each with its room in this process and under its throttle. */
const OPEN_LANES = `open as (
      select l.account_id, l.webhook_id, w.version, r.room, ${WISHES} as wishes
      from at, wanted l
      join webhooks w on w.account_id = l.account_id and w.id = l.webhook_id
      left join unnest($3::uuid[], $4::int[]) k(id, room) on k.id = l.webhook_id
      left join throttled t on t.account_id = l.account_id and t.id = l.webhook_id
      cross join lateral (select least(coalesce(k.room, $2::int), case when w.throttle_per_second is not null
        then coalesce(floor(extract(epoch from at.now - t.next_at) * t.rate)::int + 1, 0) end) as room) r
      where w.status = 'active' and w.deleted_at is null and r.room > 0)`;

/** The shortest time before endpoints with a throttle are claimed again: their attempts then come in small groups. */
const SOONEST_MS = 50;

/** Each claimed delivery of a throttled endpoint moves its next time on; `againInMs` is when the first of them may continue. */
const SPENT = `counted as (select account_id, webhook_id, count(*) as claims from claimed group by 1, 2),
      spent as (
        update webhooks w set throttle_next_at = t.next_at + c.claims * interval '1 s' / t.rate
        from throttled t join counted c on c.account_id = t.account_id and c.webhook_id = t.id
        where w.account_id = t.account_id and w.id = t.id returning w.throttle_next_at as next_at),
      again as (select (extract(epoch from min(n.next_at) - at.now) * 1000)::float8 as in_ms
        from at, (select next_at from spent union all select next_at from throttled where next_at > (select now from at)) n
        group by at.now)`;

/**
 * The oldest deliveries of each endpoint, numbered. Of each account, the lowest numbers come first, as many as it may hold; over all
 * accounts, the first of each before the second of any.
 */
const DUE = `due as (
      select d.* from (select o.version, o.wishes, d.*, row_number() over (partition by o.account_id order by d.place) as turn
        from at, open o cross join lateral (
        select f.*, row_number() over (order by f.next_attempt_at) as place from (
          select d.account_id, d.id, d.next_attempt_at, d.attempt_count, d.lease_token, d.leased_until
          from deliveries d
          where d.account_id = o.account_id and d.webhook_id = o.webhook_id and d.state = 'pending'
            and d.next_attempt_at <= at.now and ${FREE}
          order by d.next_attempt_at limit o.room for update skip locked) f) d) d
      left join unnest($8::uuid[], $9::int[]) h(account_id, room) on h.account_id = d.account_id
      where d.turn <= coalesce(h.room, $10::int)
      order by d.turn limit $5)`;

/** `timestamp` is when the event happened, `sequence` its position in the log. */
export const BODY = `concat('{"type":', to_json(e.type), ',"timestamp":"',
    to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '","sequence":', e.sequence,
    ',"data":', e.data, ',"previous":' || e.previous, '}')`;

/**
 * Claims due deliveries: the oldest of each endpoint, up to its room, and the first of each endpoint before the second
 * of any. The attempt gets its number here. An attempt whose lease ended without a result is logged as interrupted and
 * does not count in the schedule, because the endpoint did not fail. Each event is looked up separately: with old
 * statistics PostgreSQL would choose a bad plan for a join. At least one row is returned, for the time of the next
 * claim.
 */
export function claimDue(
  { token, leaseMs, appetite }: Hold,
  now: Date | null,
  portions?: readonly Portion[],
): Statement {
  const { total, each, rooms, accounts } = appetite;
  const held = accounts.rooms();
  const whose = portions ? lanesOf('$11', '$12') : untroubled(DELIVER, 'l.account_id');
  return {
    text: `with ${LANES},
      wanted as materialized (select l.account_id, l.webhook_id from lane l where ${whose}),
      at as (select coalesce($1::timestamptz, now()) as now),
      ${THROTTLED},
      ${OPEN_LANES},
      ${DUE},
      interrupted as (
        insert into attempts (account_id, id, delivery_id, number, started_at, duration_ms, error_code)
        select account_id, new_id(), id, attempt_count, leased_until - $7 * interval '1 ms', 0, 'interrupted'
        from due where lease_token is not null
        on conflict on constraint attempts_numbered do nothing),
      claimed as (
        update deliveries d
        set attempt_count = d.attempt_count + 1, lease_token = $6, leased_until = at.now + $7 * interval '1 ms',
          schedule_start = d.schedule_start + (due.lease_token is not null)::int
        from due, at where d.account_id = due.account_id and d.id = due.id
        returning d.account_id, d.id, d.webhook_id, d.event_id, d.attempt_count, d.schedule_start, due.version,
          case when due.place = 1 then due.wishes end as wishes),
      ${SPENT}
      select s.again_in_ms as "againInMs", c.account_id as "accountId", c.id, c.webhook_id as "webhookId", c.version,
        c.attempt_count as attempt, c.attempt_count - c.schedule_start as step, c.event_id as "eventId", c.wishes, e.body
      from (select (select greatest(in_ms, ${SOONEST_MS}) from again) as again_in_ms) s
      left join (claimed c left join lateral (
        select ${BODY} as body from events e where e.account_id = c.account_id and e.id = c.event_id limit 1) e on true) on true`,
    values: [
      ...[now, each, [...rooms.keys()], [...rooms.values()], total, token, leaseMs],
      ...[[...held.keys()], [...held.values()], accounts.each],
      ...(portions ? columnsOf(portions) : []),
    ],
  };
}

/** Condition: a lane is one of these. */
function lanesOf(accounts: string, ids: string): string {
  return `(l.account_id, l.webhook_id) in (select * from unnest(${accounts}::uuid[], ${ids}::uuid[]))`;
}

/** Endpoints with deliveries that wait. */
export function findLanes(job: string, { accountId, most }: Wanted): Statement {
  const whose =
    accountId === null
      ? untroubled(job, 'l.account_id')
      : `l.account_id = $2 and ${notAside(job, 'l.account_id', 'l.webhook_id')}`;
  return {
    text: `with ${LANES} select l.account_id as "accountId", l.webhook_id as id from lane l where ${whose} limit $1`,
    values: [most, ...(accountId === null ? [] : [accountId])],
  };
}

/** Cancels deliveries, at most 1,000 per endpoint, that wait for endpoints that were disabled or deleted. */
export function cancelAbandoned(now: Date | null, portions?: readonly Portion[]): Statement {
  const whose = portions ? lanesOf('$2', '$3') : untroubled(CANCEL, 'l.account_id');
  return {
    text: `with ${LANES},
      at as (select coalesce($1::timestamptz, now()) as now),
      abandoned as (
        select d.* from at, lane l
        join webhooks w on w.account_id = l.account_id and w.id = l.webhook_id
        cross join lateral (
          select d.account_id, d.id from deliveries d
          where d.account_id = l.account_id and d.webhook_id = l.webhook_id and d.state = 'pending' and ${FREE}
          order by d.next_attempt_at limit 1000 for update skip locked) d
        where (w.status = 'disabled' or w.deleted_at is not null) and ${whose}),
      cancelled as (
        update deliveries d set state = 'cancelled', next_attempt_at = null, lease_token = null, leased_until = null,
          updated_at = at.now, version = d.version + 1
        from abandoned a, at where d.account_id = a.account_id and d.id = a.id returning 1)
      select count(*)::int as cancelled from cancelled`,
    values: [now, ...(portions ? columnsOf(portions) : [])],
  };
}
