import { Problem } from '../../../platform/errors/problem.js';
import type { DatePrecision } from '../date-precision.js';
import type { Employment } from './employment.entity.js';

/** As much of a day as is known: `2024`, `2024-05` or `2024-05-01`. */
const KNOWN: Readonly<Record<DatePrecision, number>> = { year: 4, month: 7, day: 10 };

type Days = Partial<Pick<Employment, 'startedOn' | 'startedOnPrecision' | 'endedOn' | 'endedOnPrecision'>>;

/** @throws Problem when a job ends before it begins, as far as both are known */
export function refuseBackwards(days: Days): void {
  const { startedOn, startedOnPrecision = 'day', endedOn, endedOnPrecision = 'day' } = days;
  if (!startedOn || !endedOn) return;
  const known = Math.min(KNOWN[startedOnPrecision], KNOWN[endedOnPrecision]);
  if (endedOn.slice(0, known) >= startedOn.slice(0, known)) return;
  const detail = `endedOn ${endedOn} is before startedOn ${startedOn}: give a later one, or an earlier startedOn.`;
  throw Problem.field('/endedOn', 'endsBeforeItBegins', detail);
}
