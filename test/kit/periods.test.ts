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
