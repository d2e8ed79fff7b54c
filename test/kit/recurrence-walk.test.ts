import fc from 'fast-check';
import { checkRecurrence, nextOccurrence, occurrencesThrough } from '../../src/kit/recurrence.js';
import type { Recurrence } from '../../src/kit/recurrence.js';
import { firstOccurrences } from './first-occurrences.js';

const DAY = 86_400_000;
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

interface Shape {
  freq: string;
  interval: number;
  count: number;
  days: string[];
  months: number[];
  monthDays: number[];
  start: Date;
}

/** Walks day by day and asks of each whether RFC 5545 means it: slow, plain, and no code of the subject. */
function walk(shape: Shape, days: number): string[] {
  const found: string[] = [];
  for (let index = 0; index < days && found.length < shape.count; index += 1) {
    const day = new Date(shape.start.getTime() + index * DAY);
    if (fits(shape, day)) found.push(day.toISOString().replace('.000Z', 'Z'));
  }
  return found;
}

function fits({ freq, interval, days, months, monthDays, start }: Shape, day: Date): boolean {
  const monday = (date: Date): number => Math.floor((date.getTime() / DAY + 3) / 7);
  const month = (date: Date): number => date.getUTCFullYear() * 12 + date.getUTCMonth();
  const period = {
    DAILY: Math.round((day.getTime() - start.getTime()) / DAY),
    WEEKLY: monday(day) - monday(start),
    MONTHLY: month(day) - month(start),
    YEARLY: day.getUTCFullYear() - start.getUTCFullYear(),
  }[freq];
  const fromEnd =
    day.getUTCDate() - 1 - new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  const free = days.length === 0 && monthDays.length === 0;
  const sameMonth = freq !== 'YEARLY' || months.length > 0 || !free || day.getUTCMonth() === start.getUTCMonth();
  const sameDate = !free || !['MONTHLY', 'YEARLY'].includes(freq) || day.getUTCDate() === start.getUTCDate();
  const sameWeekday = !free || freq !== 'WEEKLY' || day.getUTCDay() === start.getUTCDay();
  return (
    (period ?? 0) % interval === 0 &&
    (months.length === 0 || months.includes(day.getUTCMonth() + 1)) &&
    (monthDays.length === 0 || monthDays.includes(day.getUTCDate()) || monthDays.includes(fromEnd)) &&
    (days.length === 0 || days.includes(WEEKDAYS[day.getUTCDay()] ?? '')) &&
    sameMonth &&
    sameDate &&
    sameWeekday
  );
}

const upTo = <T>(most: number, values: readonly T[]): fc.Arbitrary<T[]> =>
  fc.oneof(fc.constant<T[]>([]), fc.uniqueArray(fc.constantFrom(...values), { maxLength: most }));

const shapes: fc.Arbitrary<Shape> = fc.record({
  freq: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
  interval: fc.constantFrom(1, 1, 2, 3, 7),
  count: fc.integer({ min: 1, max: 8 }),
  days: upTo(3, WEEKDAYS),
  months: upTo(3, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
  monthDays: upTo(2, [1, 13, 28, 29, 30, 31, -1, -2, -30]),
  start: fc.integer({ min: 10_000, max: 22_000 }).map((day) => new Date(day * DAY + 9 * 3_600_000)),
});

function toRule(shape: Shape, timeZone: string): Recurrence {
  const { freq, interval, count, days, months } = shape;
  const parts = [`FREQ=${freq}`, `INTERVAL=${interval}`, `COUNT=${count}`];
  if (days.length > 0) parts.push(`BYDAY=${days.join(',')}`);
  if (months.length > 0) parts.push(`BYMONTH=${months.join(',')}`);
  if (shape.monthDays.length > 0) parts.push(`BYMONTHDAY=${shape.monthDays.join(',')}`);
  return { rrule: parts.join(';'), start: shape.start.toISOString().slice(0, 19), timeZone };
}

describe('against a walk through the calendar', () => {
  const plain = shapes.map((shape) => (shape.freq === 'WEEKLY' ? { ...shape, monthDays: [] } : shape));

  it('finds the same days in the same order', () => {
    fc.assert(
      fc.property(plain, (shape) => {
        const rule = toRule(shape, 'UTC');
        const expected = walk(shape, 3000);
        fc.pre(checkRecurrence(rule.rrule, rule.start) === null);
        expect(firstOccurrences(rule, expected.length)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('collapses a stretch into what single steps would have found', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'Pacific/Apia', 'Asia/Beirut', 'America/Havana');
    fc.assert(
      fc.property(plain, zones, fc.nat(1500), fc.nat(90), (shape, timeZone, offset, length) => {
        const rule = toRule({ ...shape, count: 100 }, timeZone);
        fc.pre(checkRecurrence(rule.rrule, rule.start) === null);
        const after = new Date(shape.start.getTime() + (offset - 100) * DAY);
        const through = new Date(after.getTime() + length * DAY);
        const steps: Date[] = [];
        let next = nextOccurrence(rule, after);
        for (; next && next <= through; next = nextOccurrence(rule, next)) steps.push(next);
        expect(occurrencesThrough(rule, after, through)).toEqual({
          missed: steps.length,
          last: steps.at(-1) ?? null,
          next,
        });
      }),
      { numRuns: 150 },
    );
  });
});
