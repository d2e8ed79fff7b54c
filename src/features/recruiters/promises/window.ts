import { addLocalDate } from '../../../kit/periods.js';

/** They keep it from so many days before the day to so many after it. */
const DAYS_BEFORE = 30;
const DAYS_AFTER = 60;

/** What a return on a day means for a check-back that is due on another; null after its time. */
export function meaningOf(day: string, dueOn: string): 'early' | 'kept' | null {
  if (day < addLocalDate(dueOn, `P${DAYS_BEFORE}D`, -1)) return 'early';
  return day <= lastDay(dueOn) ? 'kept' : null;
}

/** The last day on which they keep it. */
function lastDay(dueOn: string): string {
  return addLocalDate(dueOn, `P${DAYS_AFTER}D`);
}

/** The day that begins without them: they have missed it. */
export function missedOn(dueOn: string): string {
  return addLocalDate(dueOn, `P${DAYS_AFTER + 1}D`);
}

/** SQL: the last day on which a check-back is kept that is due on another. */
export function lastDaySql(dueOn: string): string {
  return `${dueOn} + ${DAYS_AFTER}`;
}

/** SQL: whether a return on a day keeps a check-back that is due on another. */
export function keepsSql(day: string, dueOn: string): string {
  return `${day} between ${dueOn} - ${DAYS_BEFORE} and ${dueOn} + ${DAYS_AFTER}`;
}
