import { SETTINGS_SQL } from '../../../platform/actor/calendar.sql.js';
import type { Statement } from '../../../platform/database/tx.js';
import { notAside, untroubled } from '../../../platform/jobs/failures.sql.js';
import { columnsOf } from '../../../platform/jobs/shared-job.js';
import type { Portion, Wanted } from '../../../platform/jobs/shared-job.js';
import { literal } from '../../../platform/projection/sql-text.js';
import { knownKinds, unseenKinds } from '../kinds.service.js';

/** The job that rings. */
export const RING_JOB = 'ring';

const DUE_NOW = 'o.wakes_at <= coalesce($1::timestamptz, now())';

const DUE_RINGS = `select o.account_id as "accountId", o.id, o.state, o.reminder_id as "reminderId", o.due_at as "dueAt", o.rings_at as "ringsAt",
        o.puts_off as "putsOff", r.title, r.kind, r.subject_id as "subjectId", r.rrule, r.every, r.anchor, r.starts_at as "startsAt", r.wall_time as "wallTime",
        r.time_zone as "timeZone", r.leads, r.overdue_after as "overdueAfter", a.time_zone as "accountZone",
        ${SETTINGS_SQL},
        coalesce($1::timestamptz, now()) as now
      from occurrences o
      join reminders r on r.account_id = o.account_id and r.id = o.reminder_id
      join accounts a on a.id = o.account_id`;

/** Condition on a ring: at its time the program itself acts. As a literal, so that the index of these rings serves it. */
const acts = (ring: string): string => `${ring}.kind = any(array[${unseenKinds().map(literal).join(', ')}]::text[])`;

/**
 * Condition on `o`: it acts, or the account has nothing due that acts. What the program does by itself comes first, because what is told
 * may hang on it: until it is done, by this worker or another, nothing is told to that account. What is set aside waits alone.
 */
const inTurn = (): string => `(${acts('o')} or o.account_id not in (select u.account_id from occurrences u
        where ${acts('u')} and u.wakes_at <= coalesce($1::timestamptz, now()) and ${notAside(RING_JOB, 'u.account_id', 'u.id')}))`;

/** Rings at whose time the program itself acts, or those that people are told of. */
export type Part = 'acts' | 'tells';

/**
 * What the scheduler has something to do with, locked with its reminder: in the database's order of time, and past what
 * another worker holds. Due means due at or before now, never a window. Rings of kinds
 * that this version does not know are left to a newer one, which runs beside it during an update.
 *
 * @param greedy accounts that take what the others leave: `others` are all but these
 */
export function claimDue(now: Date | null, part: Part, limit: number, greedy: Greedy | null = null): Statement {
  const sign = greedy?.others === true ? '<> all' : '= any';
  const whose = greedy ? ` and o.account_id ${sign}($4::uuid[])` : '';
  const which = part === 'acts' ? acts('o') : `not ${acts('o')} and ${inTurn()}`;
  return {
    text: `${DUE_RINGS} where ${DUE_NOW} and o.kind = any($3::text[]) and ${which} and ${untroubled(RING_JOB, 'o.account_id')}${whose}
      order by o.wakes_at limit $2 for update of o, r skip locked`,
    values: [now, limit, knownKinds(), ...(greedy ? [greedy.accounts] : [])],
  };
}

/** Whether something is due that acts, which is mostly not so: a third of what it takes to claim nothing. */
export function actsAreDue(now: Date | null): Statement {
  return {
    text: `select exists (select from occurrences o where ${acts('o')} and ${DUE_NOW}) as "areDue"`,
    values: [now],
  };
}

interface Greedy {
  readonly accounts: readonly string[];
  readonly others: boolean;
}

/** The same of these rings. */
export function claimSome(now: Date | null, portions: readonly Portion[]): Statement {
  return {
    text: `${DUE_RINGS} join unnest($2::uuid[], $3::uuid[]) k(account_id, id) on k.account_id = o.account_id and k.id = o.id
      where ${DUE_NOW} and ${inTurn()} order by o.wakes_at for update of o, r skip locked`,
    values: [now, ...columnsOf(portions)],
  };
}

/** What is due, not locked. */
export function findDue(now: Date | null, { accountId, most }: Wanted): Statement {
  const whose =
    accountId === null
      ? untroubled(RING_JOB, 'o.account_id')
      : `o.account_id = $4 and ${notAside(RING_JOB, 'o.account_id', 'o.id')}`;
  return {
    text: `select o.account_id as "accountId", o.id from occurrences o where ${DUE_NOW} and o.kind = any($3::text[])
        and ${inTurn()} and ${whose} order by o.wakes_at limit $2`,
    values: [now, most, knownKinds(), ...(accountId === null ? [] : [accountId])],
  };
}

/** Postpones rings to the end of the current quiet hours. */
export function postpone(rings: readonly { accountId: string; id: string; wakesAt: Date }[]): Statement {
  return {
    text: `with told as (update occurrences o set wakes_at = x."wakesAt"
        from json_to_recordset($1::json) as x("accountId" uuid, id uuid, "wakesAt" timestamptz)
        where o.account_id = x."accountId" and o.id = x.id returning o.id)
      select count(*)::int as held from told`,
    values: [JSON.stringify(rings)],
  };
}

/**
 * Milliseconds until the next ring over all accounts; null if there is none. It runs in the transaction that claimed
 * everything due before its start, so a ring that is still due is held by another worker. Polling finds it if that worker fails.
 */
export function nextDue(now: Date | null): Statement {
  return {
    text: `select (extract(epoch from min(wakes_at) - coalesce($1::timestamptz, clock_timestamp())) * 1000)::float8 as "inMs"
      from occurrences where wakes_at > coalesce($1::timestamptz, now())`,
    values: [now],
  };
}

/** The time of the next ring over all accounts. */
export function nextRing(): Statement {
  return { text: `select min(wakes_at) as "dueAt" from occurrences where wakes_at is not null`, values: [] };
}
