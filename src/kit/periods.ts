import { LRUCache } from 'lru-cache';
import { DAY_MS, calendarDay, dayNumber, daysInMonth } from './calendar-days.js';
import { isCalendarDate } from './instants.js';
import { instantOfWall, wallOf } from './wall-time.js';

// ISO 8601-2 allows weeks together with the other units. Whole numbers only: half a month has no defined length.
const DURATION =
  /^P(?=\d|T\d)(?:(\d{1,5})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,7})H)?(?:(\d{1,9})M)?(?:(\d{1,10})S)?)?$/;

/** The mean Gregorian year: 146,097 days in 400 years. */
const DAYS_A_YEAR = 365.2425;
const DAYS_A_MONTH = DAYS_A_YEAR / 12;
const LONGEST_DAYS = 100 * DAYS_A_YEAR;
const LAST_YEAR = 2100;
/** The last millisecond that `Date` has, on both sides of 1970. */
const FARTHEST_MS = 8.64e15;

/** Periods that were read lately: a series asks for its own again and again. */
const read = new LRUCache<string, Parts>({ max: 500 });

/**
 * Whether the text is a period of the calendar: an ISO 8601 duration of years, months, weeks and days (`P8M`, `P1Y6M`,
 * `P2W`), more than zero, and at most as long as another: 100 years unless given. Whole numbers and capital letters only.
 */
export function isPeriod(text: string, longest?: string): boolean {
  return isDuration(text, longest) && !text.includes('T');
}

/**
 * Whether the text is an ISO 8601 duration that may have hours, minutes and seconds too, more than zero, and at most as long as
 * another: 100 years unless given.
 */
export function isDuration(text: string, longest?: string): boolean {
  const parts = partsOf(text);
  if (!parts) return false;
  const days = parts.nominalDays;
  return days > 0 && days <= (longest === undefined ? LONGEST_DAYS : periodDays(longest));
}

/**
 * `anchor + times × period`, by the calendar and local time of the zone.
 *
 * Years, months, weeks and days keep the local time of day over daylight saving; a day that the month does not have becomes its
 * last day (30 June + `P8M` = 28 or 29 February). Hours, minutes and seconds are added last, as exact time. A series
 * must count `times` up from one anchor: stepping from the last result would permanently turn the 31st into the 28th.
 * Negative `times` go back. Throws RangeError for an invalid duration or zone, or a result beyond the range of Date.
 */
export function addPeriod(anchor: Date, period: string, timeZone: string, times = 1): Date {
  const { months, days, ms } = required(period);
  const wall = wallOf(anchor, timeZone);
  const day = Math.floor(wall / DAY_MS);
  const moved = movedDay(day, months * times, days * times);
  const from = moved === day ? anchor : instantOfWall(inRange(wall + (moved - day) * DAY_MS), timeZone);
  return new Date(inRange(from.getTime() + ms * times));
}

/** A day that the month does not have becomes its last day. */
function movedDay(number: number, months: number, days: number): number {
  if (months === 0) return number + days;
  const { year, month, day } = calendarDay(number);
  return dayNumber(year, month + months, Math.min(day, daysInMonth(year, month + months))) + days;
}

function inRange(ms: number): number {
  if (!(Math.abs(ms) <= FARTHEST_MS)) throw new RangeError('The result is farther from 1970 than a date can be.');
  return ms;
}

/**
 * The first `anchor + n × period`, n from 0 upwards, that is after an instant; null when that is later than the year 2100.
 * Each is counted from the anchor, so a series from the 31st returns to the 31st after each short month.
 */
export function nextPeriod(anchor: Date, period: string, timeZone: string, after: Date): Date | null {
  const elapsed = (after.getTime() - anchor.getTime()) / DAY_MS;
  // Real lengths differ from nominal ones by less than a tenth, so counting begins slightly below the answer.
  let times = Math.max(0, Math.floor((elapsed / periodDays(period)) * 0.9) - 1);
  for (;;) {
    const instant = addPeriod(anchor, period, timeZone, times);
    if (instant > after) return instant.getUTCFullYear() > LAST_YEAR ? null : instant;
    times += Math.max(1, Math.floor(((after.getTime() - instant.getTime()) / DAY_MS / periodDays(period)) * 0.9));
  }
}

/** `date + times × period` for a day without a time (`YYYY-MM-DD`), by the rules of `addPeriod`. */
export function addLocalDate(date: string, period: string, times = 1): string {
  if (!isPeriod(period)) throw new RangeError(`A day can only be moved by years, months, weeks and days.`);
  if (!isCalendarDate(date)) throw new RangeError('A day is YYYY-MM-DD.');
  const { months, days } = required(period);
  const moved = movedDay(Date.parse(`${date}T00:00:00Z`) / DAY_MS, months * times, days * times);
  return new Date(inRange(moved * DAY_MS)).toISOString().split('T', 1)[0] ?? '';
}

/**
 * The nominal length of a period in days, for comparing lengths (a month is 30.436875 days, a year 365.2425), not for
 * adding them. Throws RangeError for an invalid duration.
 */
export function periodDays(period: string): number {
  return required(period).nominalDays;
}

/** What a period adds, and its nominal length. */
interface Parts {
  readonly months: number;
  readonly days: number;
  readonly ms: number;
  readonly nominalDays: number;
}

function required(period: string): Parts {
  const known = read.get(period);
  if (known) return known;
  const parts = isDuration(period) ? partsOf(period) : null;
  if (!parts) throw new RangeError('A period is an ISO 8601 duration such as P8M, more than zero, at most 100 years.');
  read.set(period, parts);
  return parts;
}

function partsOf(text: string): Parts | null {
  const groups = DURATION.exec(text);
  if (!groups) return null;
  const [years, months, weeks, days, hours, minutes, seconds] = groups.slice(1).map((group) => Number(group ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const ms = (hours * 3600 + minutes * 60 + seconds) * 1000;
  const nominalDays = years * DAYS_A_YEAR + months * DAYS_A_MONTH + weeks * 7 + days + ms / DAY_MS;
  return { months: years * 12 + months, days: weeks * 7 + days, ms, nominalDays };
}
