import { Temporal } from 'temporal-polyfill';
import { inZone, instantOfWallTime } from './instants.js';

/** A part of every day in which nothing rings, in local time; it may span midnight. */
export interface QuietHours {
  /** The first quiet minute, `HH:MM`. */
  readonly from: string;
  /** The first minute that is no longer quiet, `HH:MM`. */
  readonly until: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** The instant itself, or the end of the quiet hours it falls into. Throws RangeError for a zone that does not exist. */
export function afterQuietHours(instant: Date, { from, until, timeZone }: QuietHours): Date {
  const wall = inZone(instant, timeZone).toPlainDateTime();
  const time = wall.toString().slice(11, 16);
  const spansMidnight = until < from;
  const isQuiet = spansMidnight ? time >= from || time < until : time >= from && time < until;
  if (!isQuiet) return instant;
  const day = wall.toPlainDate().add({ days: spansMidnight && time >= from ? 1 : 0 });
  const end = instantOfWallTime(day.toPlainDateTime(Temporal.PlainTime.from(until)), timeZone);
  // When the clock goes back across the end, the end may be an hour that has already passed.
  return end > instant ? end : instant;
}
