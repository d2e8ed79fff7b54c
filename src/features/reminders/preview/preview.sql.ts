import type { Statement } from '../../../platform/database/tx.js';
import { DIGEST } from '../digests/digest-statement.js';
import { unseenKinds } from '../kinds.service.js';

/** A ring that the scheduler will look at, and the rule by which others follow it. */
export interface WakingRing {
  /** Null for the ring of a plan that begins later. */
  readonly occurrenceId: string | null;
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
  /** For an open ring, when the next ring makes it missed. */
  readonly nextRingsAt: Date | null;
  /** For a digest, when the first ring is due that it can list; null if there is none. Open rings are listed at once. Without those of changed reminders. */
  readonly listsFrom: Date | null;
}

interface Within {
  /** Null for now, when everything that is due already rings. */
  readonly from: Date | null;
  readonly to: Date;
  readonly most: number;
  /** Reminders that get another plan within the period. */
  readonly changed: readonly string[];
}

/**
 * The rings of an account that can send something within a period, ordered by when the scheduler looks at them.
 * Takes no locks and writes nothing.
 */
export function wakingRings(accountId: string, { from, to, most, changed }: Within): Statement {
  return {
    text: `select o.id as "occurrenceId", o.state, o.puts_off as "putsOff", o.due_at as "dueAt", o.rings_at as "ringsAt", o.wakes_at as "wakesAt",
        r.id as "reminderId", r.kind, case o.state when 'open' then o.title else r.title end as title, r.rrule, r.every,
        r.anchor, r.starts_at as "startsAt", r.wall_time as "wallTime", r.time_zone as "timeZone", r.leads, r.overdue_after as "overdueAfter",
        case when o.state = 'open' and o.puts_off is null and (r.rrule is not null or r.every is not null) then
          (select n.rings_at from occurrences n where n.account_id = $1 and n.reminder_id = r.id and n.state = 'scheduled'
            and n.puts_off is null) end as "nextRingsAt",
        case when r.kind = $6 then (select min(case l.state when 'open' then to_timestamp(0) else l.rings_at end)
          from occurrences l join reminders m on m.account_id = $1 and m.id = l.reminder_id
          where l.account_id = $1 and l.kind <> $6 and l.kind <> all($5::text[]) and l.reminder_id <> all($7::uuid[])
            and (l.state = 'open' or (l.state = 'scheduled' and m.state = 'active')))
          end as "listsFrom"
      from occurrences o join reminders r on r.account_id = $1 and r.id = o.reminder_id
      where o.account_id = $1 and o.state in ('scheduled', 'open') and o.wakes_at < $2 and o.kind <> all($5::text[])
        and ($3::timestamptz is null or o.rings_at >= $3 or r.rrule is not null or r.every is not null
          or r.overdue_after is not null)
      order by o.wakes_at, o.id limit $4`,
    values: [accountId, to, from, most, unseenKinds(), DIGEST.name, changed],
  };
}
