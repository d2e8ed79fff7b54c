import type { Statement } from '../../../platform/database/tx.js';
import { unseenKinds } from '../kinds.service.js';

/** A ring that the scheduler has something to do with, and what repeats after it. */
export interface WakingRing {
  readonly occurrenceId: string;
  readonly state: 'scheduled' | 'open';
  readonly putsOff: string | null;
  readonly dueAt: Date;
  readonly ringsAt: Date;
  readonly wakesAt: Date;
  readonly reminderId: string;
  readonly kind: string;
  readonly title: string;
  readonly rrule: string | null;
  readonly every: string | null;
  readonly anchor: 'schedule' | 'completion';
  readonly startsAt: Date;
  readonly wallTime: string | null;
  readonly timeZone: string;
  readonly leads: readonly string[];
  readonly overdueAfter: string | null;
}

interface Within {
  /** Null for now: what is due already rings then. */
  readonly from: Date | null;
  readonly to: Date;
  readonly most: number;
}

/**
 * The rings of an account that wake before the end of a time and may tell something within it, the first to wake first.
 * Locks nothing, and writes nothing.
 */
export function wakingRings(accountId: string, { from, to, most }: Within): Statement {
  return {
    text: `select o.id as "occurrenceId", o.state, o.puts_off as "putsOff", o.due_at as "dueAt", o.rings_at as "ringsAt", o.wakes_at as "wakesAt",
        r.id as "reminderId", r.kind, case o.state when 'open' then o.title else r.title end as title, r.rrule, r.every,
        r.anchor, r.starts_at as "startsAt", r.wall_time as "wallTime", r.time_zone as "timeZone", r.leads, r.overdue_after as "overdueAfter"
      from occurrences o join reminders r on r.account_id = $1 and r.id = o.reminder_id
      where o.account_id = $1 and o.state in ('scheduled', 'open') and o.wakes_at < $2 and o.kind <> all($5::text[])
        and ($3::timestamptz is null or o.rings_at >= $3 or r.rrule is not null or r.every is not null
          or r.overdue_after is not null)
      order by o.wakes_at, o.id limit $4`,
    values: [accountId, to, from, most, unseenKinds()],
  };
}
