import type { Statement } from '../../../platform/database/tx.js';

/** A ring that the scheduler has something to do with, and what repeats after it. */
export interface WakingRing {
  readonly occurrenceId: string;
  readonly state: 'scheduled' | 'open';
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
  readonly timeZone: string;
  readonly leads: readonly string[];
  readonly overdueAfter: string | null;
}

/** The rings of an account that wake before a time, the first to wake first. Locks nothing, and writes nothing. */
export function wakingRings(accountId: string, to: Date, most: number): Statement {
  return {
    text: `select o.id as "occurrenceId", o.state, o.due_at as "dueAt", o.rings_at as "ringsAt", o.wakes_at as "wakesAt",
        r.id as "reminderId", r.kind, case o.state when 'open' then o.title else r.title end as title, r.rrule, r.every,
        r.anchor, r.starts_at as "startsAt", r.time_zone as "timeZone", r.leads, r.overdue_after as "overdueAfter"
      from occurrences o join reminders r on r.account_id = $1 and r.id = o.reminder_id
      where o.account_id = $1 and o.state in ('scheduled', 'open') and o.wakes_at < $2
      order by o.wakes_at, o.id limit $3`,
    values: [accountId, to, most],
  };
}
