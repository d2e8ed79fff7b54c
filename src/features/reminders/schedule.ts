import { atLocalTime, inZone } from '../../kit/instants.js';
import { checkRecurrence, nextOccurrence, occurrencesThrough } from '../../kit/recurrence.js';
import type { Recurrence } from '../../kit/recurrence.js';
import type { AccountCalendar } from '../../platform/auth/actor.js';
import { Problem } from '../../platform/errors/problem.js';

interface Wish {
  readonly dueAt?: Date | null;
  readonly dueOn?: string | null;
  readonly timeZone?: string;
  readonly rrule?: string | null;
}

/** When a reminder begins, when it is due first, and on whose wall clock. */
export interface Plan {
  readonly startsAt: Date;
  readonly dueAt: Date;
  readonly timeZone: string;
  readonly rrule: string | null;
}

interface Repeating {
  readonly rrule: string | null;
  readonly startsAt: Date;
  readonly timeZone: string;
}

const LATE_MS = 60_000;

/** What a caller wishes, as a plan. A day rings when the account's day starts. */
export function planOf(wish: Wish, calendar: AccountCalendar): Plan {
  const timeZone = wish.timeZone ?? calendar.timeZone;
  const startsAt = startOf(wish, timeZone, calendar.dayStartsAt);
  const rrule = wish.rrule ?? null;
  if (!rrule) return { startsAt, dueAt: startsAt, timeZone, rrule };
  const rule = recurrenceOf(rrule, startsAt, timeZone);
  const wrong = checkRecurrence(rrule, rule.start);
  const dueAt = wrong ? null : nextOccurrence(rule, new Date(startsAt.getTime() - 1));
  if (!dueAt) throw Problem.field('/rrule', 'neverOccurs', wrong ?? 'The rule never occurs from this start on.');
  return { startsAt, dueAt, timeZone, rrule };
}

/** The ring after this one, or null for a reminder that does not repeat, or no more. */
export function followingRing({ rrule, startsAt, timeZone }: Repeating, after: Date): Date | null {
  return rrule ? nextOccurrence(recurrenceOf(rrule, startsAt, timeZone), after) : null;
}

/** How a ring that is due at `dueAt` rings now: repeats that were missed collapse into it, and none is skipped silently. */
export function ringNow(
  { rrule, startsAt, timeZone }: Repeating,
  dueAt: Date,
  now: Date,
): { late: boolean; missedCount: number; next: Date | null } {
  const late = now.getTime() - dueAt.getTime() > LATE_MS;
  if (!rrule) return { late, missedCount: 0, next: null };
  const { missed, next } = occurrencesThrough(recurrenceOf(rrule, startsAt, timeZone), dueAt, now);
  return { late, missedCount: missed, next };
}

function startOf({ dueAt, dueOn }: Wish, timeZone: string, dayStartsAt: string): Date {
  if (dueAt && !dueOn) return dueAt;
  if (dueOn && !dueAt) return atLocalTime(dueOn, dayStartsAt, timeZone);
  throw Problem.field('/dueAt', 'oneOf', 'Give either dueAt, an instant, or dueOn, a day.');
}

/** The rule of a reminder, on the clock on its wall. */
export function recurrenceOf(rrule: string, startsAt: Date, timeZone: string): Recurrence {
  const start = inZone(startsAt, timeZone).toPlainDateTime().toString({ smallestUnit: 'second' });
  return { rrule, start, timeZone };
}
