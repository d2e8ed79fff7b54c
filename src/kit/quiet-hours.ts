import { Temporal } from 'temporal-polyfill';
import { inZone, instantOfWallTime } from './instants.js';

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
  return hours && isWithin(dayStartsAt, hours) ? hours.until : dayStartsAt;
}

function afterQuietDays(instant: Date, quiet: QuietTimes): Date {
  const { weekdays, timeZone } = quiet;
  const today = inZone(instant, timeZone).toPlainDate();
  let day = today;
  while (weekdays.includes(day.dayOfWeek) && Temporal.PlainDate.compare(day, today.add({ days: DAYS_A_WEEK })) < 0)
    day = day.add({ days: 1 });
  if (day.equals(today)) return instant;
  return instantOfWallTime(day.toPlainDateTime(Temporal.PlainTime.from(startAfterQuietDays(quiet))), timeZone);
}

function isWithin(time: string, { from, until }: QuietHours): boolean {
  return until < from ? time >= from || time < until : time >= from && time < until;
}

function afterQuietHours(instant: Date, hours: QuietHours, timeZone: string): Date {
  const { from, until } = hours;
  const wall = inZone(instant, timeZone).toPlainDateTime();
  const time = wall.toString().slice(11, 16);
  if (!isWithin(time, hours)) return instant;
  const day = wall.toPlainDate().add({ days: until < from && time >= from ? 1 : 0 });
  const end = instantOfWallTime(day.toPlainDateTime(Temporal.PlainTime.from(until)), timeZone);
  // When the clock goes back across the end, the end may be an hour that has already passed.
  return end > instant ? end : instant;
}
