/** Waits between the ten attempts of a delivery, in seconds: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h. */
export const DEFAULT_RETRY_SCHEDULE: readonly number[] = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400];

/** Each wait is lengthened or shortened by up to this share, so that deliveries that failed together are not retried together. */
const JITTER = 0.2;

/** The longest wait that a receiver can request; more is read as this. One year, in seconds. */
const LONGEST_RETRY_AFTER = 31_536_000;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// RFC 9110 §5.6.7: the preferred form, and the two obsolete ones that a recipient must still read.
const IMF_FIXDATE =
  /^[A-Z][a-z]{2}, (?<day>\d{2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/;
const RFC_850_DATE =
  /^[A-Z][a-z]{5,8}, (?<day>\d{2})-(?<month>[A-Z][a-z]{2})-(?<year>\d{2}) (?<time>\d{2}:\d{2}:\d{2}) GMT$/;
const ASCTIME_DATE =
  /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4})$/;

/**
 * Seconds to wait after a number of failed attempts, give or take 20 %, or null when the schedule is exhausted.
 *
 * @param failedAttempts how many attempts have failed so far, at least 1; otherwise RangeError
 * @param random a number in [0, 1) that picks the jitter
 */
export function retryDelaySeconds(schedule: readonly number[], failedAttempts: number, random: number): number | null {
  if (!Number.isInteger(failedAttempts) || failedAttempts < 1) throw new RangeError('No attempt has failed yet.');
  const wait = schedule[failedAttempts - 1];
  return wait === undefined ? null : wait * (1 - JITTER + 2 * JITTER * random);
}

/**
 * What a `Retry-After` header asks for, in seconds from now (RFC 9110 §10.2.3), or null when it cannot be read.
 * A date that has passed asks for 0; more than a year is read as a year.
 */
export function parseRetryAfter(header: string, now: Date): number | null {
  const text = header.trim();
  if (/^\d+$/.test(text)) return Math.min(Number(text), LONGEST_RETRY_AFTER);
  const date = parseHttpDate(text, now);
  if (!date) return null;
  return Math.min(Math.max(0, (date.getTime() - now.getTime()) / 1000), LONGEST_RETRY_AFTER);
}

/**
 * The wait to use when the receiver requested one: the requested wait, but at least the scheduled wait and at most
 * twice that. Without a request it is the scheduled wait. All in seconds.
 */
export function boundedRetryAfter(scheduled: number, asked: number | null): number {
  return asked === null ? scheduled : Math.min(Math.max(asked, scheduled), 2 * scheduled);
}

function parseHttpDate(text: string, now: Date): Date | null {
  const parts = (IMF_FIXDATE.exec(text) ?? RFC_850_DATE.exec(text) ?? ASCTIME_DATE.exec(text))?.groups;
  if (!parts) return null;
  const { day = '', month = '', year = '', time = '' } = parts;
  const monthNumber = String(MONTHS.indexOf(month) + 1).padStart(2, '0');
  const dayNumber = day.trim().padStart(2, '0');
  const text8601 = `${fullYear(year, now)}-${monthNumber}-${dayNumber}T${time}.000Z`;
  const date = new Date(text8601);
  return !Number.isNaN(date.getTime()) && date.toISOString() === text8601 ? date : null;
}

/** A year of two digits that seems more than 50 years ahead means the previous century (RFC 9110 §5.6.7). */
function fullYear(year: string, now: Date): number {
  if (year.length === 4) return Number(year);
  const current = now.getUTCFullYear();
  const guess = current - (current % 100) + Number(year);
  return guess > current + 50 ? guess - 100 : guess;
}
