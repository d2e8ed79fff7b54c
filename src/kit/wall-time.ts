import { instantAt, offsetAt } from './zone-offsets.js';

/**
 * Wall times are what a clock on the wall shows: a day and a time without a zone. Here they are numbers, the milliseconds since
 * 1970 of the same day and time in UTC, so that arithmetic on them costs nothing.
 */

/** What the clock of a zone shows at an instant. Throws RangeError for a zone that does not exist. */
export function wallOf(instant: Date, timeZone: string): number {
  return instant.getTime() + offsetAt(instant.getTime(), timeZone);
}

/** The instant at which the clock of a zone shows it, by the `compatible` rule that `atLocalTime` describes. */
export function instantOfWall(wall: number, timeZone: string): Date {
  return new Date(instantAt(wall, timeZone));
}
