import { DAY_MS, weekdayOf } from './calendar-days.js';
import { instantOfWall, wallOf } from './wall-time.js';

/** A part of every day in which nothing rings, in local time; it may span midnight. */
interface QuietHours {
  /** The first quiet minute, `HH:MM`. */
  readonly from: string;
  /** The first minute that is no longer quiet, `HH:MM`. */
  readonly until: string;
}

/** When nothing rings: hours of every day, and whole days of the week, but not all of them. */
export interface QuietTimes {
  readonly hours: QuietHours | null;
  /** 1 for Monday to 7 for Sunday. */
  readonly weekdays: readonly number[];
  /** When the first day after quiet ones starts, `HH:MM`. */
  readonly dayStartsAt: string;
  /** IANA name. */
  readonly timeZone: string;
}

const DAYS_A_WEEK = 7;
const MINUTE_MS = 60_000;

/** The instant itself, or the end of the quiet time it falls into. Throws RangeError for a zone that does not exist. */
export function afterQuietTimes(instant: Date, quiet: QuietTimes): Date {
  const { hours, timeZone } = quiet;
  const day = afterQuietDays(instant, quiet);
  const end = hours ? afterQuietHours(day, hours, timeZone) : day;
  // Quiet hours that span midnight may end on a quiet day.
  return afterQuietDays(end, quiet);
}

/** A day that is told for after quiet ones starts when the day does, or at the end of quiet hours that this falls into. */
function startAfterQuietDays({ hours, dayStartsAt }: QuietTimes): string {
  return hours && isWithin(minutes(dayStartsAt), hours) ? hours.until : dayStartsAt;
}

/** Quiet days last until the first day after them starts. */
function afterQuietDays(instant: Date, quiet: QuietTimes): Date {
  const { weekdays, timeZone } = quiet;
  if (weekdays.length === 0) return instant;
  const wall = wallOf(instant, timeZone);
  const start = startAfterQuietDays(quiet);
  const isQuiet = (day: number): boolean => weekdays.includes(weekdayOf(day));
  let day = Math.floor(wall / DAY_MS);
  const isOver = !isQuiet(day) && !(isQuiet(day - 1) && minuteOf(wall) < minutes(start));
  if (isOver) return instant;
  for (let days = 0; isQuiet(day) && days < DAYS_A_WEEK; days += 1) day += 1;
  return instantOfWall(day * DAY_MS + minutes(start) * MINUTE_MS, timeZone);
}

/** Minutes since midnight. */
function minuteOf(wall: number): number {
  return Math.floor((wall - Math.floor(wall / DAY_MS) * DAY_MS) / MINUTE_MS);
}

/** Minutes since midnight of `HH:MM`. */
function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function isWithin(minute: number, { from, until }: QuietHours): boolean {
  const [first, end] = [minutes(from), minutes(until)];
  return end < first ? minute >= first || minute < end : minute >= first && minute < end;
}

function afterQuietHours(instant: Date, hours: QuietHours, timeZone: string): Date {
  const wall = wallOf(instant, timeZone);
  const minute = minuteOf(wall);
  if (!isWithin(minute, hours)) return instant;
  const [first, until] = [minutes(hours.from), minutes(hours.until)];
  const day = Math.floor(wall / DAY_MS) + (until < first && minute >= first ? 1 : 0);
  const end = instantOfWall(day * DAY_MS + until * MINUTE_MS, timeZone);
  // When the clock goes back across the end, the end may be an hour that has already passed.
  return end > instant ? end : instant;
}
