import { atLocalTime, inZone } from '../../../kit/instants.js';
import { addPeriod } from '../../../kit/periods.js';
import type { AccountCalendar } from '../../../platform/actor/actor.js';
import { Problem } from '../../../platform/errors/problem.js';
import type { SnoozeReminderInput } from '../reminder.inputs.js';

const LAST_YEAR = 2100;
const DAYS_A_WEEK = 7;

/**
 * When a snoozed ring comes back.
 *
 * @throws Problem `invalid_input` unless exactly one of the fields is given, and the time is in the future
 */
export function snoozedUntil(
  { until, for: period, day }: SnoozeReminderInput,
  timeZone: string,
  calendar: AccountCalendar,
  now: Date,
): Date {
  if ([until, period, day].filter(Boolean).length !== 1)
    throw Problem.field(
      '/until',
      'oneOf',
      'Give one of until, an instant; for, a duration; and day, tomorrow or nextWeek.',
    );
  const ring = until ?? (day ? startOf(day, calendar, now) : addPeriod(now, period ?? '', timeZone));
  if (ring > now && ring.getUTCFullYear() <= LAST_YEAR) return ring;
  throw Problem.field(
    until ? '/until' : '/for',
    'notAhead',
    `A reminder can only be put off to a time ahead, until the year ${LAST_YEAR}.`,
  );
}

/** The start of tomorrow or of next Monday, in the settings of the account. */
function startOf(
  day: NonNullable<SnoozeReminderInput['day']>,
  { timeZone, dayStartsAt }: AccountCalendar,
  now: Date,
): Date {
  const today = inZone(now, timeZone).toPlainDate();
  const days = day === 'tomorrow' ? 1 : DAYS_A_WEEK + 1 - today.dayOfWeek;
  return atLocalTime(today.add({ days }).toString(), dayStartsAt, timeZone);
}
