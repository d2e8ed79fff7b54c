import { Temporal } from 'temporal-polyfill';
import { inZone } from './instants.js';

// ISO 8601-2 allows weeks together with the other units. Whole numbers only: half a month has no defined length.
const DURATION =
  /^P(?=\d|T\d)(?:(\d{1,5})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,7})H)?(?:(\d{1,9})M)?(?:(\d{1,10})S)?)?$/;

/** The mean Gregorian year: 146,097 days in 400 years. */
const DAYS_A_YEAR = 365.2425;
const DAYS_A_MONTH = DAYS_A_YEAR / 12;
const LONGEST_DAYS = 100 * DAYS_A_YEAR;
const LAST_YEAR = 2100;
const DAY_MS = 86_400_000;

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
  const days = nominalDays(parts);
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
  return new Date(inZone(anchor, timeZone).add(multiple(period, times), { overflow: 'constrain' }).epochMilliseconds);
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
  return Temporal.PlainDate.from(date).add(multiple(period, times), { overflow: 'constrain' }).toString();
}

/**
 * The nominal length of a period in days, for comparing lengths (a month is 30.436875 days, a year 365.2425), not for
 * adding them. Throws RangeError for an invalid duration.
 */
export function periodDays(period: string): number {
  return nominalDays(required(period));
}

function multiple(period: string, times: number): Temporal.Duration {
  const { years, months, weeks, days, hours, minutes, seconds } = required(period);
  return Temporal.Duration.from({
    years: years * times,
    months: months * times,
    weeks: weeks * times,
    days: days * times,
    hours: hours * times,
    minutes: minutes * times,
    seconds: seconds * times,
  });
}

interface Parts {
  years: number;
  months: number;
  weeks: number;
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
}

function required(period: string): Parts {
  const parts = isDuration(period) ? partsOf(period) : null;
  if (!parts) throw new RangeError('A period is an ISO 8601 duration such as P8M, more than zero, at most 100 years.');
  return parts;
}

function partsOf(text: string): Parts | null {
  const groups = DURATION.exec(text);
  if (!groups) return null;
  const number = (group: number): number => Number(groups[group] ?? 0);
  return {
    years: number(1),
    months: number(2),
    weeks: number(3),
    days: number(4),
    hours: number(5),
    minutes: number(6),
    seconds: number(7),
  };
}

function nominalDays(parts: Parts): number {
  const seconds = parts.hours * 3600 + parts.minutes * 60 + parts.seconds;
  return parts.years * DAYS_A_YEAR + parts.months * DAYS_A_MONTH + parts.weeks * 7 + parts.days + seconds / 86_400;
}
