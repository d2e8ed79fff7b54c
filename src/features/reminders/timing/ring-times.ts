import { addPeriod } from '../../../kit/periods.js';
import { afterQuietTimes } from '../../../kit/quiet-hours.js';
import type { AccountCalendar } from '../../../platform/actor/actor.js';

/** When a ring is due, when it rings, and when the scheduler looks at it next. */
export interface RingTimes {
  readonly dueAt: Date;
  readonly ringsAt: Date;
  readonly wakesAt: Date;
}

/** The properties of a reminder that decide when its leads are sent. */
export interface Telling {
  readonly leads: readonly string[];
  readonly timeZone: string;
}

export type QuietCalendar = Pick<
  AccountCalendar,
  'timeZone' | 'dayStartsAt' | 'quietFrom' | 'quietUntil' | 'quietWeekdays'
>;

/** The times of a ring that is due at an instant: it rings outside quiet hours, and leads that have passed are skipped. */
export function ringTimes(telling: Telling, dueAt: Date, calendar: QuietCalendar, now: Date): RingTimes {
  const ringsAt = outOfQuiet(dueAt, calendar);
  return { dueAt, ringsAt, wakesAt: leadsBetween(telling, dueAt, ringsAt, calendar, now)[0] ?? ringsAt };
}

/** The times of the leads of a ring after an instant and before it rings, in order. */
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

/** The end of the quiet hours or days that contain an instant, or the instant itself. */
export function outOfQuiet(at: Date, calendar: QuietCalendar): Date {
  const { timeZone, dayStartsAt, quietFrom: from, quietUntil: until, quietWeekdays: weekdays } = calendar;
  const hours = from === null || until === null ? null : { from, until };
  return hours || weekdays.length > 0 ? afterQuietTimes(at, { hours, weekdays, dayStartsAt, timeZone }) : at;
}
