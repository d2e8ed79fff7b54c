import { atLocalTime, formatInstant, localDateOf } from '../../kit/instants.js';
import { addLocalDate } from '../../kit/periods.js';
import type { AccountCalendar } from '../../platform/actor/actor.js';

/** Days and times before and after today, where the account is. */
export class Days {
  private readonly today: string;

  constructor(
    now: Date,
    private readonly calendar: Pick<AccountCalendar, 'timeZone'>,
  ) {
    this.today = localDateOf(now, calendar.timeZone);
  }

  /** The day so many days ago, `YYYY-MM-DD`. */
  ago(days: number): string {
    return addLocalDate(this.today, 'P1D', -days);
  }

  /** A time of day (`HH:MM`) so many days ago, as an instant. */
  at(daysAgo: number, time: string): string {
    return formatInstant(atLocalTime(this.ago(daysAgo), time, this.calendar.timeZone));
  }
}
