import { dayNumber } from './calendar-days.js';
import { daysOfPeriod, periodOf } from './rule-days.js';
import type { DayRule } from './rule-days.js';

/** A rule and the days at which it ends. */
export interface RuleDays extends DayRule {
  /** No day of the rule is later. */
  readonly last: number;
}

/** All combinations of weekdays, leap years and dates appear within 28 years, unless a century year has no leap day. */
const CYCLE_START = dayNumber(2000, 1, 1);
const CYCLE_END = dayNumber(2029, 1, 31);

/** The first day of a rule at a day or after it, or null. */
function dayFrom(rule: RuleDays, day: number): number | null {
  for (const found of daysFrom(rule, day)) return found;
  return null;
}

/** The days of a rule at a day and after it, in order. */
export function* daysFrom(rule: RuleDays, day: number): Generator<number, void> {
  const from = Math.max(day, rule.start);
  const end = periodOf(rule, rule.last);
  for (let period = Math.max(0, periodOf(rule, from)); period <= end; period += 1) {
    for (const found of daysOfPeriod(rule, period)) {
      if (found > rule.last) return;
      if (found >= from) yield found;
    }
  }
}

/** The last day of a rule at a day or before it, or null. */
export function dayThrough(rule: RuleDays, day: number): number | null {
  const through = Math.min(day, rule.last);
  for (let period = periodOf(rule, through); period >= 0; period -= 1) {
    const found = daysOfPeriod(rule, period).findLast((one) => one <= through);
    if (found !== undefined) return found;
  }
  return null;
}

/** The day on which a rule has occurred so many times, or its last day when it never does: COUNT as an end, found once. */
export function dayOfCount(rule: RuleDays, count: number): number {
  const end = periodOf(rule, rule.last);
  let left = count;
  for (let period = 0; period <= end; period += 1) {
    const days = daysOfPeriod(rule, period);
    if (days.length >= left) return Math.min(days[left - 1] ?? rule.last, rule.last);
    left -= days.length;
  }
  return rule.last;
}

/** Whether the BY parts match any day of the calendar, whatever the start and the interval. */
export function matchesAnyDay(rule: DayRule): boolean {
  return dayFrom({ ...rule, start: CYCLE_START, last: CYCLE_END, interval: 1, stride: 1 }, CYCLE_START) !== null;
}
