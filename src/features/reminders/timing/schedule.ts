import { atLocalTime, timeOfWall } from '../../../kit/instants.js';
import { wallOf } from '../../../kit/wall-time.js';
import { checkRecurrence } from '../../../kit/recurrence.js';
import type { AccountCalendar } from '../../../platform/actor/actor.js';
import { Problem } from '../../../platform/errors/problem.js';
import type { Reminder } from '../reminder.entity.js';
import { isRepeating, recurrenceOf, timeAfter, timesThrough } from './repeats.js';
import type { Repeating } from './repeats.js';

interface Wish {
  readonly dueAt?: Date | null;
  readonly dueOn?: string | null;
  readonly timeZone?: string | null;
  readonly rrule?: string | null;
  readonly every?: string | null;
  readonly anchor?: Reminder['anchor'];
}

/** The start, the first due time, the rule and the time zone of a reminder. */
export type Plan = Pick<
  Reminder,
  'startsAt' | 'wallTime' | 'dueAt' | 'dueOn' | 'timeZone' | 'followsAccount' | 'rrule' | 'every' | 'anchor'
>;

const LATE_MS = 60_000;

/**
 * Turns the input into a plan that is due at the first time, or at the first one after an instant. A day rings when the day of the
 * account starts.
 */
export function planOf(wish: Wish, calendar: AccountCalendar, after: Date | null = null): Plan {
  const { rrule = null, every = null, anchor = 'schedule' } = wish;
  const timeZone = wish.timeZone ?? calendar.timeZone;
  const wished = startOf(wish, timeZone, calendar.dayStartsAt);
  const startsAt = rrule ? wholeSecond(wished) : wished;
  checkRepeats({ rrule, every, anchor });
  const wallTime = wish.dueOn ? lackedTime(startsAt, timeZone, calendar.dayStartsAt) : null;
  const begun = { startsAt, timeZone, rrule, every, wallTime };
  const dueAt = firstOf(begun, after);
  return { ...begun, anchor, dueAt, dueOn: wish.dueOn ?? null, followsAccount: !wish.timeZone };
}

/** `dayStartsAt` if a gap of daylight saving removes it from that day, so that the day starts at another time; otherwise null. */
export function lackedTime(startsAt: Date, timeZone: string, dayStartsAt: string): string | null {
  const time = timeOfWall(wallOf(startsAt, timeZone));
  return time === dayStartsAt ? null : dayStartsAt;
}

/** Whether a ring is late, and what it missed: times that passed meanwhile collapse into it and are counted. */
export function ringNow(
  reminder: Repeating & Pick<Reminder, 'anchor'>,
  { dueAt, ringsAt }: { readonly dueAt: Date; readonly ringsAt: Date },
  now: Date,
): { late: boolean; missedCount: number; next: Date | null } {
  const late = now.getTime() - ringsAt.getTime() > LATE_MS;
  if (!isRepeating(reminder) || reminder.anchor === 'completion') return { late, missedCount: 0, next: null };
  const { missed, next } = timesThrough(reminder, dueAt, now);
  return { late, missedCount: missed, next };
}

function startOf({ dueAt, dueOn }: Wish, timeZone: string, dayStartsAt: string): Date {
  if (dueAt && !dueOn) return dueAt;
  if (dueOn && !dueAt) return atLocalTime(dueOn, dayStartsAt, timeZone);
  throw Problem.field('/dueAt', 'oneOf', 'Give either dueAt, an instant, or dueOn, a day.');
}

/** Rules have no fractions of a second (RFC 5545, 3.3.5): one that starts within a second would miss its first time. */
function wholeSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1_000) * 1_000);
}

function checkRepeats({ rrule, every, anchor }: Pick<Reminder, 'rrule' | 'every' | 'anchor'>): void {
  if (rrule && every) throw Problem.field('/every', 'oneOf', 'Give either rrule or every, or neither.');
  if (anchor === 'schedule') return;
  if (!rrule && !every)
    throw Problem.field(
      '/anchor',
      'needsRepeats',
      'Only what repeats is counted from its completion: give every or rrule.',
    );
  if (rrule && /(^|;)COUNT=/i.test(rrule))
    throw Problem.field(
      '/rrule',
      'countsNothing',
      'COUNT cannot be counted from completions: end the rule with UNTIL.',
    );
}

function firstOf(begun: Repeating, after: Date | null): Date {
  if (!isRepeating(begun)) return begun.startsAt;
  const { rrule, startsAt, timeZone } = begun;
  const wrong = rrule ? checkRecurrence(rrule, recurrenceOf(rrule, startsAt, timeZone).start) : null;
  const from = new Date(startsAt.getTime() - 1);
  const first = wrong ? null : timeAfter(begun, after && after > from ? after : from);
  if (first) return first;
  const field = rrule ? '/rrule' : '/every';
  throw Problem.field(
    field,
    'neverOccurs',
    wrong ?? 'It never occurs from this start on: change the start or its end.',
  );
}
