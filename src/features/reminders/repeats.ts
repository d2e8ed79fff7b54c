import { DAY_MS } from '../../kit/calendar-days.js';
import { instantOfWall, wallOf } from '../../kit/wall-time.js';
import { nextPeriod } from '../../kit/periods.js';
import { nextOccurrence, occurrencesThrough, occurrencesWithin } from '../../kit/recurrence.js';
import type { Recurrence } from '../../kit/recurrence.js';

/** What a reminder repeats by: an RRULE on floating time, or a period of the calendar; neither when it rings once. */
export interface Repeating {
  readonly rrule: string | null;
  readonly every: string | null;
  readonly startsAt: Date;
  readonly timeZone: string;
  /** The time of day (`HH:MM`), where the first day lacks it: a gap of daylight saving moves that day only. */
  readonly wallTime?: string | null;
}

/** Counting stops there: nobody reads a larger number. */
const MOST_COUNTED = 1_000;
/** No wall is farther from UTC, with a jump of its zone on top. */
const FARTHEST_MS = 40 * 3_600_000;
const FIRST_STRETCH_MS = 7 * DAY_MS;
const MINUTE_MS = 60_000;

export function isRepeating({ rrule, every }: Pick<Repeating, 'rrule' | 'every'>): boolean {
  return rrule !== null || every !== null;
}

/** The first time after an instant, or null for what does not repeat, or no more. */
export function timeAfter(repeating: Repeating, after: Date): Date | null {
  const { rrule, every, startsAt, timeZone, wallTime } = repeating;
  if (rrule) return nextOccurrence(recurrenceOf(rrule, startsAt, timeZone, wallTime), after);
  if (!every) return null;
  return wallTime ? nextOnTheWall(repeating, every, after) : nextPeriod(startsAt, every, timeZone, after);
}

/** Counted on the wall, as if it hung in UTC, and then placed in the zone. */
function nextOnTheWall({ startsAt, timeZone, wallTime }: Repeating, every: string, after: Date): Date | null {
  const first = new Date(wallStart(startsAt, timeZone, wallTime));
  for (let last = new Date(after.getTime() - FARTHEST_MS); ;) {
    const next = nextPeriod(first, every, 'UTC', last);
    if (!next) return null;
    const placed = instantOfWall(next.getTime(), timeZone);
    if (placed > after) return placed;
    last = next;
  }
}

/** How many times are in (after, through], at most 1,000 of them counted, and the first one that follows. */
export function timesThrough(
  repeating: Repeating,
  after: Date,
  through: Date,
): { readonly missed: number; readonly next: Date | null } {
  const { rrule, startsAt, timeZone, wallTime } = repeating;
  if (rrule) return occurrencesThrough(recurrenceOf(rrule, startsAt, timeZone, wallTime), after, through);
  return { missed: timesWithin(repeating, after, through).length, next: timeAfter(repeating, through) };
}

/** The times in (after, through], in order; after 1,000 of them the rest may be missing. */
function timesWithin(repeating: Repeating, after: Date, through: Date): Date[] {
  const { rrule, startsAt, timeZone, wallTime } = repeating;
  if (rrule) return occurrencesWithin(recurrenceOf(rrule, startsAt, timeZone, wallTime), after, through);
  const times: Date[] = [];
  for (let last = after; times.length < MOST_COUNTED;) {
    const next = timeAfter(repeating, last);
    if (!next || next > through) break;
    times.push(next);
    last = next;
  }
  return times;
}

/**
 * The times after an instant, in order, for whoever does not know how many are wanted: they are counted out in stretches that
 * grow, since a stretch of a rule costs little more than one time of it.
 */
export function* timesAfter(repeating: Repeating, after: Date): Generator<Date, void> {
  let from = after;
  for (let stretchMs = FIRST_STRETCH_MS; ; stretchMs *= 2) {
    const next = timeAfter(repeating, from);
    if (!next) return;
    yield next;
    const through = new Date(next.getTime() + stretchMs);
    const times = timesWithin(repeating, next, through);
    yield* times;
    from = times.length < MOST_COUNTED ? through : (times.at(-1) ?? through);
  }
}

/** The first time counted from the day of an answer: at its own time of day, and not on that day again. */
export function timeAfterAnswer(repeating: Repeating, answeredAt: Date): Date | null {
  const { startsAt, timeZone, wallTime } = repeating;
  const start = wallStart(startsAt, timeZone, wallTime);
  const midnight = dayOf(wallOf(answeredAt, timeZone));
  const from = instantOfWall(midnight + start - dayOf(start), timeZone);
  return timeAfter({ ...repeating, startsAt: from, wallTime: null }, from);
}

/** The rule of a reminder, on the clock on its wall. */
export function recurrenceOf(
  rrule: string,
  startsAt: Date,
  timeZone: string,
  wallTime: string | null = null,
): Recurrence {
  const [start = ''] = new Date(wallStart(startsAt, timeZone, wallTime)).toISOString().split('.');
  return { rrule, start, timeZone };
}

function wallStart(startsAt: Date, timeZone: string, wallTime: string | null = null): number {
  const wall = wallOf(startsAt, timeZone);
  if (!wallTime) return wall;
  const [hours = 0, minutes = 0] = wallTime.split(':').map(Number);
  return dayOf(wall) + (hours * 60 + minutes) * MINUTE_MS;
}

/** The midnight that a wall time follows. */
function dayOf(wall: number): number {
  return Math.floor(wall / DAY_MS) * DAY_MS;
}
