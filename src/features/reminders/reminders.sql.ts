import type { Statement } from '../../platform/database/tx.js';

/** Schedules a ring, unless the reminder has one at that very time: what has rung does not ring again. */
export function scheduleRing(accountId: string, reminderId: string, id: string, dueAt: Date): Statement {
  return {
    text: `insert into occurrences (account_id, id, created_at, updated_at, reminder_id, kind, subject_type, subject_id, title, due_at)
      select r.account_id, $3, r.updated_at, r.updated_at, r.id, r.kind, r.subject_type, r.subject_id, r.title, $4
      from reminders r where r.account_id = $1 and r.id = $2
      on conflict on constraint occurrences_ring_once do nothing`,
    values: [accountId, reminderId, id, dueAt],
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
    text: `select id from reminders where account_id = $1 and kind = $2 and subject_id = $3 and state in ('active', 'paused') for update`,
    values: [accountId, kind, subjectId],
  };
}

/**
 * What is due, locked with its reminder: in the database's order of time, and past what another worker holds.
 * Due means due at or before now, never a window.
 */
export function claimDue(now: Date | null, limit: number): Statement {
  return {
    text: `select o.account_id as "accountId", o.id, o.reminder_id as "reminderId", o.due_at as "dueAt", r.title,
        r.kind, r.subject_id as "subjectId", r.rrule, r.starts_at as "startsAt", r.time_zone as "timeZone",
        coalesce($1::timestamptz, now()) as now
      from occurrences o join reminders r on r.account_id = o.account_id and r.id = o.reminder_id
      where o.state = 'scheduled' and r.state = 'active' and o.due_at <= coalesce($1::timestamptz, now())
      order by o.due_at limit $2 for update of o, r skip locked`,
    values: [now, limit],
  };
}

/**
 * How long until the next ring is due, over all accounts, in milliseconds; null when none is. Asked in the transaction
 * that claimed what was due until its start: what is due still is held by another worker, and waiting for that is the poll's business.
 */
export function nextDue(now: Date | null): Statement {
  return {
    text: `select (extract(epoch from min(due_at) - coalesce($1::timestamptz, clock_timestamp())) * 1000)::float8 as "inMs"
      from occurrences where state = 'scheduled' and due_at > coalesce($1::timestamptz, now())`,
    values: [now],
  };
}

/** When the next ring is due, over all accounts. */
export function nextRing(): Statement {
  return { text: `select min(due_at) as "dueAt" from occurrences where state = 'scheduled'`, values: [] };
}
