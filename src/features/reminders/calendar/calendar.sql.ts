import { CALENDAR_SQL } from '../../../platform/actor/calendar.sql.js';
import type { Statement } from '../../../platform/database/tx.js';
import { DIGEST } from '../digests/digest-statement.js';
import { unseenKinds } from '../kinds.service.js';

/** The ring of a row: an existing one, or the scheduled one that others follow. */
export interface CalendarRow {
  readonly reminderId: string;
  readonly kind: string;
  readonly title: string;
  readonly note: string | null;
  readonly priority: string;
  readonly timeZone: string;
  readonly dueAt: Date;
  readonly ringsAt: Date;
  readonly changedAt: Date;
  /** Starts at 0 and grows with every change of what the row shows. */
  readonly sequence: number;
  /** The rule by which others follow; both null if none do. */
  readonly rrule: string | null;
  readonly every: string | null;
  readonly startsAt: Date;
  readonly wallTime: string | null;
}

/** The feed of a token. It runs before the account is known, so it names none. */
export function feedOfToken(tokenHash: Buffer): Statement {
  return {
    text: `select f.account_id as "accountId", f.id, f.name, f.lens, f.key_id as "keyId", ${CALENDAR_SQL}
      from calendar_feeds f join accounts a on a.id = f.account_id where f.token_hash = $1`,
    values: [tokenHash],
  };
}

/**
 * What a calendar shows in a period: open and scheduled rings, and repeating reminders, without digests and kinds that send
 * nothing. One statement, because a ring that opens between two statements would appear twice or not at all.
 */
export function calendarOf(
  accountId: string,
  { from, to, kinds, most }: { from: Date; to: Date; kinds: readonly string[] | null; most: number },
): Statement {
  return {
    text: `(select r.id as "reminderId", r.kind, case o.state when 'open' then o.title else r.title end as title, r.note,
          r.priority, r.time_zone as "timeZone", o.due_at as "dueAt", o.rings_at as "ringsAt", greatest(o.updated_at, r.updated_at) as "changedAt",
          r.version + o.version - 2 as sequence, null as rrule, null as every, r.starts_at as "startsAt", r.wall_time as "wallTime"
        from occurrences o join reminders r on r.account_id = $1 and r.id = o.reminder_id
        where o.account_id = $1 and o.due_at >= $2 and o.due_at < $3
          and (o.state = 'open' or (o.state = 'scheduled' and r.state = 'active'))
          and case when $4::text[] is null then r.kind <> all ($6::text[]) else r.kind = any ($4::text[]) end
        order by o.due_at, o.id limit $5)
      union all
      (select r.id, r.kind, r.title, r.note, r.priority, r.time_zone, o.due_at, o.rings_at, r.updated_at, r.version - 1, r.rrule,
          r.every, r.starts_at, r.wall_time
        from reminders r join occurrences o on o.account_id = $1 and o.reminder_id = r.id
          and o.state = 'scheduled' and o.puts_off is null
        where r.account_id = $1 and (r.rrule is not null or r.every is not null) and r.state = 'active'
          and r.anchor = 'schedule' and r.due_at < $3
          and case when $4::text[] is null then r.kind <> all ($6::text[]) else r.kind = any ($4::text[]) end
        order by r.due_at, r.id limit $5)`,
    values: [accountId, from, to, kinds, most, [DIGEST.name, ...unseenKinds()]],
  };
}
