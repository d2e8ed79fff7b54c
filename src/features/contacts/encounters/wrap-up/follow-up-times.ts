import { atLocalTime, inZone } from '../../../../kit/instants.js';
import type { AccountCalendar } from '../../../../platform/actor/actor.js';
import type { PRIORITIES } from '../../../reminders/reminder.entity.js';

type Priority = (typeof PRIORITIES)[number];

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const FIRST_HOURS = 24;
const LAST_HOURS = 72;
const RANKS: Readonly<Record<Priority, number>> = { high: 0, normal: 1, low: 2 };

/**
 * When people who were met are followed up: evenly from 24 to 72 hours from now, by priority, then in the given order. The times are those of the
 * people, in the given order.
 */
export function followUpTimes(priorities: readonly Priority[], now: Date): Date[] {
  const order = priorities.map((_, at) => at).sort((a, b) => rankOf(priorities, a) - rankOf(priorities, b) || a - b);
  const step = ((LAST_HOURS - FIRST_HOURS) * HOUR_MS) / Math.max(1, priorities.length - 1);
  const times = new Map(order.map((at, place) => [at, FIRST_HOURS * HOUR_MS + place * step]));
  return priorities.map((_, at) => wholeMinute(now.getTime() + (times.get(at) ?? 0)));
}

/** When somebody is thanked: at the next start of a day of the account, which is within 24 hours but for a change of the clocks. */
export function thanksTime(
  { timeZone, dayStartsAt }: Pick<AccountCalendar, 'timeZone' | 'dayStartsAt'>,
  now: Date,
): Date {
  const today = inZone(now, timeZone).toPlainDate();
  const start = atLocalTime(today.toString(), dayStartsAt, timeZone);
  return start > now ? start : atLocalTime(today.add({ days: 1 }).toString(), dayStartsAt, timeZone);
}

function rankOf(priorities: readonly Priority[], at: number): number {
  return RANKS[priorities[at] ?? 'normal'];
}

function wholeMinute(ms: number): Date {
  return new Date(Math.floor(ms / MINUTE_MS) * MINUTE_MS);
}
