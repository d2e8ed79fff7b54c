import type { Statement } from '../../../platform/database/tx.js';
import { DIGEST } from '../digests/digest-statement.js';
import { unseenKinds } from '../kinds.service.js';

/** The one ring that a row is about: one that is there, or the reminder whose further ones are counted out. */
export interface CalendarRow {
  readonly reminderId: string;
  readonly kind: string;
  readonly title: string;
  readonly note: string | null;
  readonly priority: string;
  readonly timeZone: string;
  readonly dueAt: Date;
  readonly changedAt: Date;
  /** Grows with every change of what the row shows, from 0. */
  readonly sequence: number;
  /** Both null when the row is a ring; else what others follow it by. */
  readonly rrule: string | null;
  readonly every: string | null;
  readonly startsAt: Date;
  readonly wallTime: string | null;
}

/** Whose calendar a token opens. Asked before anybody is known, so it names no account. */
export function feedOfToken(tokenHash: Buffer): Statement {
  return {
    text: `select f.account_id as "accountId", f.id, f.name, f.lens, a.time_zone as "timeZone",
        a.day_starts_at as "dayStartsAt", a.check_back_period as "checkBackPeriod", a.quiet_from as "quietFrom",
        a.quiet_until as "quietUntil", a.quiet_weekdays as "quietWeekdays"
      from calendar_feeds f join accounts a on a.id = f.account_id where f.token_hash = $1`,
    values: [tokenHash],
  };
}

/**
 * What an account's calendar shows from one time to another: the rings that are open or ahead, and the reminders that
 * repeat; digests and what nobody is told of are no appointments. One statement, because a ring between two would show a repeat twice or not at all.
 */
export function calendarOf(
  accountId: string,
  { from, to, kinds, most }: { from: Date; to: Date; kinds: readonly string[] | null; most: number },
): Statement {
  return {
    text: `(select r.id as "reminderId", r.kind, case o.state when 'open' then o.title else r.title end as title, r.note,
          r.priority, r.time_zone as "timeZone", o.due_at as "dueAt", greatest(o.updated_at, r.updated_at) as "changedAt",
          r.version + o.version - 2 as sequence, null as rrule, null as every, r.starts_at as "startsAt", r.wall_time as "wallTime"
        from occurrences o join reminders r on r.account_id = $1 and r.id = o.reminder_id
        where o.account_id = $1 and o.due_at >= $2 and o.due_at < $3
          and (o.state = 'open' or (o.state = 'scheduled' and r.state = 'active'))
          and case when $4::text[] is null then r.kind <> all ($6::text[]) else r.kind = any ($4::text[]) end
        order by o.due_at, o.id limit $5)
      union all
      (select r.id, r.kind, r.title, r.note, r.priority, r.time_zone, r.due_at, r.updated_at, r.version - 1, r.rrule,
          r.every, r.starts_at, r.wall_time
        from reminders r
        where r.account_id = $1 and (r.rrule is not null or r.every is not null) and r.state = 'active'
          and r.anchor = 'schedule' and r.due_at < $3
          and case when $4::text[] is null then r.kind <> all ($6::text[]) else r.kind = any ($4::text[]) end
        order by r.due_at, r.id limit $5)`,
    values: [accountId, from, to, kinds, most, [DIGEST.name, ...unseenKinds()]],
  };
}
