import type { Statement } from '../../platform/database/tx.js';
import type { RingTimes } from './ring-times.js';

/** Schedules a ring, unless the reminder has one at that very time: what has rung does not ring again. */
export function scheduleRing(accountId: string, reminderId: string, id: string, times: RingTimes): Statement {
  return {
    text: `insert into occurrences (account_id, id, created_at, updated_at, reminder_id, kind, subject_type, subject_id, title,
        due_at, rings_at, wakes_at)
      select r.account_id, $3, r.updated_at, r.updated_at, r.id, r.kind, r.subject_type, r.subject_id, r.title,
        $4, $5, case r.state when 'active' then $6::timestamptz end
      from reminders r where r.account_id = $1 and r.id = $2
      on conflict on constraint occurrences_ring_once do nothing`,
    values: [accountId, reminderId, id, times.dueAt, times.ringsAt, times.wakesAt],
  };
}

/** Sets when the scheduler looks at a ring next; null lets it sleep, as what is paused does. */
export function wakeRing(accountId: string, id: string, wakesAt: Date | null): Statement {
  return {
    text: `update occurrences set wakes_at = $3 where account_id = $1 and id = $2`,
    values: [accountId, id, wakesAt],
  };
}

/** Lets every ring of a reminder sleep. */
export function hushRings(accountId: string, reminderId: string): Statement {
  return {
    text: `update occurrences set wakes_at = null where account_id = $1 and reminder_id = $2 and wakes_at is not null`,
    values: [accountId, reminderId],
  };
}

/** Takes back what has not rung yet. */
export function unschedule(accountId: string, reminderId: string): Statement {
  return {
    text: `delete from occurrences where account_id = $1 and reminder_id = $2 and state = 'scheduled'`,
    values: [accountId, reminderId],
  };
}

/** The live reminder that a feature keeps for a subject, locked. */
export function liveReminder(accountId: string, kind: string, subjectId: string): Statement {
  return {
    text: `select id, leads, time_zone as "timeZone" from reminders where account_id = $1 and kind = $2 and subject_id = $3 and state in ('active', 'paused') for update`,
    values: [accountId, kind, subjectId],
  };
}

/**
 * What the scheduler has something to do with, locked with its reminder: in the database's order of time, and past what
 * another worker holds. Due means due at or before now, never a window.
 */
export function claimDue(now: Date | null, limit: number): Statement {
  return {
    text: `select o.account_id as "accountId", o.id, o.state, o.reminder_id as "reminderId", o.due_at as "dueAt", o.rings_at as "ringsAt",
        r.title, r.kind, r.subject_id as "subjectId", r.rrule, r.every, r.anchor, r.starts_at as "startsAt",
        r.time_zone as "timeZone", r.leads, r.overdue_after as "overdueAfter", a.time_zone as "accountZone",
        a.quiet_from as "quietFrom", a.quiet_until as "quietUntil", coalesce($1::timestamptz, now()) as now
      from occurrences o
      join reminders r on r.account_id = o.account_id and r.id = o.reminder_id
      join accounts a on a.id = o.account_id
      where o.wakes_at <= coalesce($1::timestamptz, now())
      order by o.wakes_at limit $2 for update of o, r skip locked`,
    values: [now, limit],
  };
}

/**
 * How long until there is something to do, over all accounts, in milliseconds; null when there is nothing. Asked in the
 * transaction that claimed what was due until its start: what is due still is held by another worker, and waiting for that
 * is the poll's business.
 */
export function nextDue(now: Date | null): Statement {
  return {
    text: `select (extract(epoch from min(wakes_at) - coalesce($1::timestamptz, clock_timestamp())) * 1000)::float8 as "inMs"
      from occurrences where wakes_at > coalesce($1::timestamptz, now())`,
    values: [now],
  };
}

/** When there is something to do next, over all accounts. */
export function nextRing(): Statement {
  return { text: `select min(wakes_at) as "dueAt" from occurrences where wakes_at is not null`, values: [] };
}
