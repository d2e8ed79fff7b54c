import { Temporal } from 'temporal-polyfill';
import { instantOfWall, wallOf } from './wall-time.js';

// RFC 3339 §5.6 `date-time`: T and Z may be lower case, and the offset is required.
const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})T((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d{1,3})\d*)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;
const LOCAL_DATE_TIME = /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/;
const LOCAL_TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

const FIRST_INSTANT = Date.UTC(1970, 0, 1);
const AFTER_LAST_INSTANT = Date.UTC(2101, 0, 1);

/**
 * The instant that an RFC 3339 date-time names, or null when it is not one.
 *
 * The offset or `Z` is required, the day must exist in the calendar, and the instant must lie in the UTC years 1970 to
 * 2100. Digits beyond milliseconds are cut off, not rounded. Leap seconds (`:60`) are refused, because neither
 * JavaScript nor PostgreSQL can hold them.
 */
export function parseInstant(text: string): Date | null {
  const parts = DATE_TIME.exec(text);
  if (!parts) return null;
  const [, date = '', time = '', fraction = '', offset = ''] = parts;
  if (!isCalendarDate(date)) return null;
  const instant = new Date(`${date}T${time}.${fraction.padEnd(3, '0')}${offset.toUpperCase()}`);
  return instant.getTime() >= FIRST_INSTANT && instant.getTime() < AFTER_LAST_INSTANT ? instant : null;
}

/** The instant in the API's format: `YYYY-MM-DDTHH:mm:ss.SSSZ`. Throws RangeError for an invalid Date. */
export function formatInstant(date: Date): string {
  return date.toISOString();
}

/** Whether the text is a day that exists, `YYYY-MM-DD`, in 1900 to 2100: birthdays are older than 1970. */
export function isLocalDate(text: string): boolean {
  return isCalendarDate(text) && text >= '1900' && text < '2101';
}

/** Whether the text is a wall time without a zone, `YYYY-MM-DDTHH:mm[:ss]`, on a day that exists in 1970 to 2100. */
export function isLocalDateTime(text: string): boolean {
  const date = LOCAL_DATE_TIME.exec(text)?.[1];
  return date !== undefined && isCalendarDate(date) && date >= '1970' && date < '2101';
}

/**
 * Whether the text names a time zone of the IANA database that the runtime knows, in its official spelling.
 *
 * Offsets (`+02:00`) are refused because they have no daylight saving, and so are abbreviations that only ICU
 * knows: it reads `BST` as Bangladesh and `IST` as India.
 */
export function isTimeZone(text: string): boolean {
  try {
    return /^[A-Za-z]/.test(text) && new Temporal.ZonedDateTime(0n, text).timeZoneId === text;
  } catch {
    return false;
  }
}

/**
 * The instant of a wall time (`HH:MM`) on a day (`YYYY-MM-DD`) in a zone. The day may lie outside 1900 to 2100: the last
 * supported instant is in 2101 where the zone is ahead of UTC.
 *
 * A time that daylight saving skips is moved forward by the length of the gap (02:30 becomes 03:30). If a time happens
 * twice, the first is used: the `compatible` rule of Temporal and of RFC 5545 §3.3.5. Throws RangeError for a day, a
 * time or a zone that does not exist.
 */
export function atLocalTime(date: string, time: string, timeZone: string): Date {
  if (!isCalendarDate(date) || !LOCAL_TIME.test(time)) throw new RangeError('A day is YYYY-MM-DD and a time is HH:MM.');
  return instantOfWall(Date.parse(`${date}T${time}:00Z`), timeZone);
}

/** The local date (`YYYY-MM-DD`) in the zone at this instant. */
export function localDateOf(instant: Date, timeZone: string): string {
  return dateOfWall(wallOf(instant, timeZone));
}

/** The date (`YYYY-MM-DD`) of a wall time. */
function dateOfWall(wall: number): string {
  return new Date(wall).toISOString().split('T', 1)[0] ?? '';
}

/** The time of day (`HH:MM`) of a wall time. */
export function timeOfWall(wall: number): string {
  return new Date(wall).toISOString().split('T')[1]?.slice(0, 5) ?? '';
}

/** The instant with its calendar and clock in the zone. Throws RangeError for an unknown zone. */
export function inZone(instant: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
}

/** Whether the text is a day that exists, `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return false;
  const [, year, month, day] = parts.map(Number) as [number, number, number, number];
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return month >= 1 && month <= 12 && day >= 1 && day <= lastDay;
}
