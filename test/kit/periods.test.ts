import { addLocalDate, addPeriod, isDuration, isPeriod, periodDays } from '../../src/kit/periods.js';

describe('isPeriod and isDuration', () => {
  it.each(['P8M', 'P1Y', 'P1Y6M', 'P2W', 'P1W3D', 'P100Y', 'P36524D', 'P0Y1D'])('%s is a period', (text) => {
    expect(isPeriod(text)).toBe(true);
    expect(isDuration(text)).toBe(true);
  });

  it.each(['PT1H', 'P1DT12H', 'PT90M', 'PT1S', 'PT876000H'])('%s is a duration, but no period', (text) => {
    expect(isPeriod(text)).toBe(false);
    expect(isDuration(text)).toBe(true);
  });

  it.each([
    '',
    'P',
    'PT',
    'P1DT',
    'P0D',
    'PT0S',
    '-P1M',
    '+P1M',
    'P-1M',
    'P1.5M',
    'P1,5D',
    'p8m',
    '8M',
    'P8',
    'P1D1M',
    'P1M ',
    'P1M\n',
    'P101Y',
    'P36525D',
    'P1201M',
    'P99999Y',
    'P9999999999999999999D',
    'PT876600H',
  ])('%j is neither', (text) => {
    expect(isPeriod(text)).toBe(false);
    expect(isDuration(text)).toBe(false);
  });
});

describe('periodDays', () => {
  it.each([
    ['P1D', 1],
    ['P2W', 14],
    ['P1M', 30.436875],
    ['P1Y', 365.2425],
    ['P1Y1M1W1D', 403.679375],
    ['PT12H', 0.5],
  ])('%s is %d days', (period, days) => expect(periodDays(period)).toBeCloseTo(days, 9));

  it('refuses what is no duration', () => expect(() => periodDays('8 months')).toThrow(RangeError));
});

describe('addPeriod', () => {
  it.each([
    ['2026-03-28T08:00:00Z', 'P1D', 'Europe/Berlin', 1, '2026-03-29T07:00:00.000Z'],
    ['2026-03-28T01:30:00Z', 'P1D', 'Europe/Berlin', 1, '2026-03-29T01:30:00.000Z'],
    ['2026-03-28T01:30:00Z', 'P1D', 'Europe/Berlin', 2, '2026-03-30T00:30:00.000Z'],
    ['2026-10-24T00:30:00Z', 'P1D', 'Europe/Berlin', 1, '2026-10-25T00:30:00.000Z'],
    ['2026-06-30T07:00:00Z', 'P8M', 'Europe/Berlin', 1, '2027-02-28T08:00:00.000Z'],
    ['2027-06-30T07:00:00Z', 'P8M', 'Europe/Berlin', 1, '2028-02-29T08:00:00.000Z'],
    ['2026-10-24T23:30:00Z', 'PT3H', 'Europe/Berlin', 1, '2026-10-25T02:30:00.000Z'],
    ['2026-10-24T10:00:00Z', 'P1DT1H', 'Europe/Berlin', 1, '2026-10-25T12:00:00.000Z'],
    ['2026-03-31T09:00:00Z', 'P1M', 'UTC', -1, '2026-02-28T09:00:00.000Z'],
    ['2026-03-07T07:30:00Z', 'P1D', 'America/New_York', 1, '2026-03-08T07:30:00.000Z'],
    ['2011-12-29T19:00:00Z', 'P1D', 'Pacific/Apia', 1, '2011-12-30T19:00:00.000Z'],
    ['2026-10-25T01:30:00.123Z', 'P1D', 'Europe/Berlin', 0, '2026-10-25T01:30:00.123Z'],
  ])('%s + %s in %s, %d times, is %s', (anchor, period, timeZone, times, expected) => {
    expect(addPeriod(new Date(anchor), period, timeZone, times).toISOString()).toBe(expected);
  });

  it('counts from the anchor, so the 31st comes back after February', () => {
    const days = [1, 2, 3, 4].map((times) => addLocalDate('2026-01-31', 'P1M', times));
    expect(days).toEqual(['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']);
  });

  it('refuses what is no period or no zone', () => {
    expect(() => addPeriod(new Date(0), 'P0D', 'UTC')).toThrow(RangeError);
    expect(() => addPeriod(new Date(0), 'P1M', 'Mars/Base')).toThrow(RangeError);
    expect(() => addLocalDate('2026-01-31', 'PT1H')).toThrow(RangeError);
    expect(() => addLocalDate('2026-02-30', 'P1M')).toThrow(RangeError);
  });
});

/** The Gregorian calendar from its definition, sharing no code with the subject. */
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const daysIn = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
const text = (year: number, month: number, day: number): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** Months are a plain count; the day is the anchor's, or the month's last. */
function expectedDay([year, month, day]: [number, number, number], months: number): [number, number, number] {
  const count = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(count / 12), (count % 12) + 1];
  return [toYear, toMonth, Math.min(day, daysIn(toYear, toMonth))];
}

/** The weekday by Zeller's congruence, Saturday is 0. */
function zeller(year: number, month: number, day: number): number {
  const [y, m] = month < 3 ? [year - 1, month + 12] : [year, month];
  return (day + Math.floor((13 * (m + 1)) / 5) + y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400)) % 7;
}

/** Whether 9 in the morning in Berlin is summer time: last Sunday of March to the day before the last one of October. */
function isSummer(year: number, month: number, day: number): boolean {
  const lastSunday = 31 - ((zeller(year, month, 31) + 6) % 7);
  if (month === 3) return day >= lastSunday;
  return month === 10 ? day < lastSunday : month > 3 && month < 10;
}

function* everyDay(): Generator<[number, number, number]> {
  for (let year = 2024; year <= 2031; year += 1) {
    for (let month = 1; month <= 12; month += 1) {
      for (let day = 1; day <= daysIn(year, month); day += 1) yield [year, month, day];
    }
  }
}

/** R2 of docs/reliability: no drift, whichever day the anchor is. */
describe.each([
  ['P8M', 8],
  ['P3M', 3],
  ['P1M', 1],
  ['P1Y', 12],
])('%s from every day of 2024 to 2031, 12 steps', (period, months) => {
  it('falls on the day that the calendar says', () => {
    const wrong: string[] = [];
    let checked = 0;
    for (const anchor of everyDay()) {
      for (let step = 1; step <= 12; step += 1) {
        const expected = text(...expectedDay(anchor, months * step));
        if (addLocalDate(text(...anchor), period, step) !== expected) wrong.push(`${text(...anchor)} ${step}`);
        checked += 1;
      }
    }
    expect(wrong).toEqual([]);
    expect(checked).toBe(2922 * 12);
  });

  it('stays at 9 in the morning in Berlin', () => {
    const wrong: string[] = [];
    const morning = (day: [number, number, number]): string =>
      `${text(...day)}T0${isSummer(...day) ? 7 : 8}:00:00.000Z`;
    let checked = 0;
    for (const anchor of everyDay()) {
      const instant = new Date(morning(anchor));
      for (const step of [1, 5, 12]) {
        const expected = morning(expectedDay(anchor, months * step));
        if (addPeriod(instant, period, 'Europe/Berlin', step).toISOString() !== expected) wrong.push(expected);
        checked += 1;
      }
    }
    expect(wrong).toEqual([]);
    expect(checked).toBe(2922 * 3);
  });
});
