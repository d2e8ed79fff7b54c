import type { Statement } from '../../platform/database/tx.js';
import type { PlacedRing } from './timing/replanning.js';

/** Whether a snoozed ring has come back. */
const CAME_BACK = `exists (select from occurrences n
          where n.account_id = o.account_id and n.puts_off = o.id and n.state <> 'scheduled')`;

/** The last ring of the plan that is no longer `scheduled`, in the given order. */
const lastRing = (order: string): string => `(select x.id from occurrences x
        where x.account_id = r.account_id and x.reminder_id = r.id and x.plan_number = r.plan_number
          and x.state not in ('scheduled', 'superseded') and ${order} desc limit 1)`;

/** Only the rings that decide what is next: open, scheduled and snoozed ones, and the last ones that used up times of the plan. A reminder can have thousands. */
const KNOWN_RINGS = `select o.account_id as "accountId", o.id, o.reminder_id as "reminderId", o.state, o.due_at as "dueAt", o.rings_at as "ringsAt",
        o.wakes_at as "wakesAt", o.fired_at as "firedAt", o.answered_at as "answeredAt", o.snoozed_until as "snoozedUntil",
        o.puts_off as "putsOff", o.plan_number as "planNumber", o.overdue_told as "overdueTold", ${CAME_BACK} as "cameBack"
      from reminders r join occurrences o on o.account_id = r.account_id and o.reminder_id = r.id
        and (o.state in ('scheduled', 'open') or (o.state = 'snoozed' and not ${CAME_BACK})
        or o.id = ${lastRing('x.puts_off is null order by x.due_at')}
        or o.id = ${lastRing('x.puts_off is null and x.fired_at is not null order by x.fired_at')}
        or o.id = ${lastRing(`x.state in ('done', 'dismissed') order by x.answered_at desc, x.due_at`)})`;

/** Reads and locks the rings that decide what is next for a reminder. */
export function knownRings(accountId: string, reminderId: string): Statement {
  return {
    text: `${KNOWN_RINGS} where r.account_id = $1 and r.id = $2 order by o.id for update of o`,
    values: [accountId, reminderId],
  };
}

/** The same for many reminders of any account, without a lock. */
export function knownRingsOf(reminders: readonly { readonly accountId: string; readonly id: string }[]): Statement {
  return {
    text: `${KNOWN_RINGS} join unnest($1::uuid[], $2::uuid[]) k(account_id, id) on k.account_id = r.account_id and k.id = r.id
      order by o.id`,
    values: [reminders.map(({ accountId }) => accountId), reminders.map(({ id }) => id)],
  };
}

const MOVED = '(occurrences.due_at, occurrences.rings_at) is distinct from (excluded.due_at, excluded.rings_at)';

/** Moves rings to their times, and creates missing ones. They have no event: that of the reminder covers them. */
export function placeRings(accountId: string, reminderId: string, rings: readonly PlacedRing[], now: Date): Statement {
  return {
    text: `insert into occurrences (account_id, id, created_at, updated_at, reminder_id, kind, subject_type, subject_id, title,
        puts_off, plan_number, due_at, rings_at, wakes_at)
      select r.account_id, x.id, $4, $4, r.id, r.kind, r.subject_type, r.subject_id, r.title,
        x."putsOff", x."planNumber", x."dueAt", x."ringsAt", x."wakesAt"
      from reminders r, json_to_recordset($3::json) as x(id uuid, "putsOff" uuid, "planNumber" int, "dueAt" timestamptz,
        "ringsAt" timestamptz, "wakesAt" timestamptz)
      where r.account_id = $1 and r.id = $2
      on conflict (account_id, id) do update set due_at = excluded.due_at, rings_at = excluded.rings_at,
        wakes_at = excluded.wakes_at, plan_number = excluded.plan_number,
        updated_at = case when ${MOVED} then excluded.updated_at else occurrences.updated_at end,
        version = occurrences.version + (${MOVED})::int`,
    values: [accountId, reminderId, JSON.stringify(rings), now],
  };
}

/** Deletes scheduled rings. */
export function dropRings(accountId: string, ids: readonly string[]): Statement {
  return {
    text: `delete from occurrences where account_id = $1 and id = any($2::uuid[]) and state = 'scheduled'`,
    values: [accountId, ids],
  };
}

/** Ends open and snoozed rings without an answer. */
export function supersedeRings(accountId: string, reminderId: string, now: Date): Statement {
  return {
    text: `update occurrences o set state = 'superseded', wakes_at = null, updated_at = $3, version = version + 1
      where account_id = $1 and reminder_id = $2 and (state = 'open' or (state = 'snoozed' and not ${CAME_BACK}))`,
    values: [accountId, reminderId, now],
  };
}

/** Gives unanswered rings the new title of their reminder. They show something new, so their version grows. */
export function nameRings(accountId: string, reminderId: string, title: string): Statement {
  return {
    text: `update occurrences set title = $3, version = version + 1
      where account_id = $1 and reminder_id = $2 and state in ('scheduled', 'open') and title <> $3`,
    values: [accountId, reminderId, title],
  };
}

/** Reads and locks the reminder that a feature keeps for a subject: the current one, or else the last one. */
export function keptReminder(accountId: string, kind: string, subjectId: string): Statement {
  return {
    text: `select id, state, basis, title, starts_at as "startsAt", plan_number as "planNumber" from reminders where account_id = $1 and kind = $2 and subject_id = $3
      order by state in ('active', 'paused') desc, id desc limit 1 for update`,
    values: [accountId, kind, subjectId],
  };
}
