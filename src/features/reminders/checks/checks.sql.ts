import type { PageOfRows } from '../../../platform/doctor/check.js';
import type { Statement } from '../../../platform/database/tx.js';
import type { Reminder } from '../reminder.entity.js';
import type { Planned } from '../timing/replanning.js';
import type { QuietCalendar } from '../timing/ring-times.js';

/** A reminder with the settings of its account that decide when it rings. */
export type ExaminedReminder = Omit<Planned, 'state'> &
  Pick<Reminder, 'state' | 'dueAt' | 'accountId'> & { readonly calendar: QuietCalendar };

/** Reminders of all accounts, including finished ones. */
export function examinedReminders({ accountId, id, limit }: PageOfRows): Statement {
  return {
    text: `select r.account_id as "accountId", r.id, r.kind, r.state, r.due_at as "dueAt", r.starts_at as "startsAt", r.wall_time as "wallTime",
        r.time_zone as "timeZone", r.rrule, r.every, r.anchor, r.leads, r.overdue_after as "overdueAfter",
        r.plan_number as "planNumber", r.plan_after as "planAfter",
        json_build_object('timeZone', a.time_zone, 'quietFrom', a.quiet_from, 'quietUntil', a.quiet_until,
          'quietWeekdays', a.quiet_weekdays, 'dayStartsAt', a.day_starts_at) as calendar
      from reminders r join accounts a on a.id = r.account_id
      where (r.account_id, r.id) > ($1::uuid, $2::uuid) order by r.account_id, r.id limit $3`,
    values: [accountId, id, limit],
  };
}

/** Rings that a worker should have sent more than a minute ago. */
export function waitingRings({ accountId, id, limit }: PageOfRows, now: Date): Statement {
  return {
    text: `select o.account_id as "accountId", o.id, format('is %s, and a worker should have looked at it at %s', o.state,
        to_char(o.wakes_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) as wrong
      from occurrences o
      where o.wakes_at < $4::timestamptz - interval '1 minute' and (o.account_id, o.id) > ($1::uuid, $2::uuid)
      order by o.account_id, o.id limit $3`,
    values: [accountId, id, limit, now],
  };
}
