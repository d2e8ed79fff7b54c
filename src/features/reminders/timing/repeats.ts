import { DAY_MS } from '../../../kit/calendar-days.js';
import { instantOfWall, wallOf } from '../../../kit/wall-time.js';
import { nextPeriod, periodDays } from '../../../kit/periods.js';
import { nextOccurrence, occurrencesThrough, occurrencesWithin } from '../../../kit/recurrence.js';
import type { Recurrence } from '../../../kit/recurrence.js';

/** How a reminder repeats: by an RRULE in local time, or by a calendar period. It has neither if it rings once. */
export interface Repeating {
  readonly rrule: string | null;
  readonly every: string | null;
  readonly startsAt: Date;
  readonly timeZone: string;
  /** The time of day (`HH:MM`), when a gap of daylight saving removes it from the first day; only that day is moved. */
  readonly wallTime?: string | null;
}

/** Counting stops at this number. */
const MOST_COUNTED = 1_000;
/** The largest offset from UTC, with a change of the offset added. */
const FARTHEST_MS = 40 * 3_600_000;
/** No period is longer than this many times its nominal length: a month may have 31 days. */
const LONGER = 1.1;
const FIRST_STRETCH_MS = 7 * DAY_MS;
const MINUTE_MS = 60_000;

export function isRepeating({ rrule, every }: Pick<Repeating, 'rrule' | 'every'>): boolean {
  return rrule !== null || every !== null;
}

/** The first time after an instant; null if there is none. */
export function timeAfter(repeating: Repeating, after: Date): Date | null {
  const { rrule, every, startsAt, timeZone, wallTime } = repeating;
  if (rrule) return nextOccurrence(recurrenceOf(rrule, startsAt, timeZone, wallTime), after);
  if (!every) return null;
  return wallTime ? nextOnTheWall(repeating, every, after) : nextPeriod(startsAt, every, timeZone, after);
}

/** Computed in local time, as if that were UTC, and then converted to the time zone. */
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

/** The number of times in (after, through], up to 1,000, and the first time after them. */
export function timesThrough(
  repeating: Repeating,
  after: Date,
  through: Date,
): { readonly missed: number; readonly next: Date | null } {
  const { rrule, startsAt, timeZone, wallTime } = repeating;
  if (rrule) return occurrencesThrough(recurrenceOf(rrule, startsAt, timeZone, wallTime), after, through);
  const missed = hasMany(repeating, after, through) ? MOST_COUNTED : timesWithin(repeating, after, through).length;
  return { missed, next: timeAfter(repeating, through) };
}

/** Whether so many periods fit that they need not be counted out, however long each of them is. */
function hasMany({ every, startsAt }: Repeating, after: Date, through: Date): boolean {
  const days = (through.getTime() - Math.max(after.getTime(), startsAt.getTime())) / DAY_MS;
  return every !== null && days > MOST_COUNTED * periodDays(every) * LONGER + 2;
}

/** The times in (after, through], in order; after 1,000 of them, the rest may be missing. */
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
 * The times after an instant, in order. They are computed in growing stretches as they are read, because a stretch costs
 * little more than a single time.
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

/** The first time counted from the day of an answer, at the time of day of the reminder, and not on the same day. */
export function timeAfterAnswer(repeating: Repeating, answeredAt: Date): Date | null {
  const { startsAt, timeZone, wallTime } = repeating;
  const start = wallStart(startsAt, timeZone, wallTime);
  const midnight = dayOf(wallOf(answeredAt, timeZone));
  const from = instantOfWall(midnight + start - dayOf(start), timeZone);
  return timeAfter({ ...repeating, startsAt: from, wallTime: null }, from);
}

/** The rule of a reminder in its local time. */
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
