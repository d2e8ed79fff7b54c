import { addPeriod } from '../../kit/periods.js';
import { afterQuietTimes } from '../../kit/quiet-hours.js';
import type { AccountCalendar } from '../../platform/actor/actor.js';

/** When a ring is due, when it rings, and when the scheduler has something to do with it next. */
export interface RingTimes {
  readonly dueAt: Date;
  readonly ringsAt: Date;
  readonly wakesAt: Date;
}

/** What of a reminder decides how it is told. */
export interface Telling {
  readonly leads: readonly string[];
  readonly timeZone: string;
}

export type QuietCalendar = Pick<
  AccountCalendar,
  'timeZone' | 'dayStartsAt' | 'quietFrom' | 'quietUntil' | 'quietWeekdays'
>;

/** The times of a ring that is due at an instant: out of quiet hours, and told ahead by the leads that are not past. */
export function ringTimes(telling: Telling, dueAt: Date, calendar: QuietCalendar, now: Date): RingTimes {
  const ringsAt = outOfQuiet(dueAt, calendar);
  return { dueAt, ringsAt, wakesAt: leadsBetween(telling, dueAt, ringsAt, calendar, now)[0] ?? ringsAt };
}

/** When the leads of a ring tell of it, in order: those after an instant, and before it rings. */
export function leadsBetween(
  { leads, timeZone }: Telling,
  dueAt: Date,
  ringsAt: Date,
  calendar: QuietCalendar,
  after: Date,
): Date[] {
  return leads
    .map((lead) => outOfQuiet(addPeriod(dueAt, lead, timeZone, -1), calendar))
    .filter((at) => at > after && at < ringsAt)
    .sort((a, b) => a.getTime() - b.getTime());
}

/** The end of the quiet hours and days that an instant falls into, else the instant. */
export function outOfQuiet(at: Date, calendar: QuietCalendar): Date {
  const { timeZone, dayStartsAt, quietFrom: from, quietUntil: until, quietWeekdays: weekdays } = calendar;
  const hours = from === null || until === null ? null : { from, until };
  return hours || weekdays.length > 0 ? afterQuietTimes(at, { hours, weekdays, dayStartsAt, timeZone }) : at;
}
