import fc from 'fast-check';
import {
  boundedRetryAfter,
  DEFAULT_RETRY_SCHEDULE,
  parseRetryAfter,
  retryDelaySeconds,
} from '../../src/kit/retry-schedule.js';

const NOW = new Date('2026-11-23T08:00:00Z');

describe('retryDelaySeconds', () => {
  it.each([
    [1, 5],
    [2, 300],
    [3, 1800],
    [4, 7200],
    [5, 18_000],
    [6, 36_000],
    [7, 50_400],
    [8, 72_000],
    [9, 86_400],
    [10, null],
    [1000, null],
  ])('after %d failures waits %s s by default', (failures, expected) => {
    expect(retryDelaySeconds(DEFAULT_RETRY_SCHEDULE, failures, 0.5)).toBe(expected);
  });

  it('stays within 20 % and uses all of it', () => {
    expect(retryDelaySeconds([100], 1, 0)).toBeCloseTo(80);
    expect(retryDelaySeconds([100], 1, 0.999999)).toBeCloseTo(120, 3);
    const randoms = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), randoms, (failures, random) => {
        const wait = DEFAULT_RETRY_SCHEDULE[failures - 1] ?? 0;
        const delay = retryDelaySeconds(DEFAULT_RETRY_SCHEDULE, failures, random) ?? 0;
        expect(delay).toBeGreaterThanOrEqual(0.8 * wait);
        expect(delay).toBeLessThan(1.2 * wait + 1e-6);
      }),
    );
  });

  it.each([0, -1, 1.5, NaN])('refuses %d failures', (failures) => {
    expect(() => retryDelaySeconds(DEFAULT_RETRY_SCHEDULE, failures, 0.5)).toThrow(RangeError);
  });
});

describe('parseRetryAfter', () => {
  it.each([
    ['0', 0],
    ['120', 120],
    [' 120 ', 120],
    ['007', 7],
    ['9'.repeat(400), 31_536_000],
    ['Mon, 23 Nov 2026 08:01:00 GMT', 60],
    ['Mon, 23 Nov 2026 07:59:00 GMT', 0],
    ['Monday, 23-Nov-26 08:00:10 GMT', 10],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 0],
    ['Mon Nov 23 08:00:05 2026', 5],
    ['Tue Dec  1 08:00:00 2026', 691_200],
    ['Wed, 23 Nov 2050 08:00:00 GMT', 31_536_000],
  ])('reads %j as %d s', (header, seconds) => expect(parseRetryAfter(header, NOW)).toBe(seconds));

  it.each([
    '',
    '-1',
    '1.5',
    '1e3',
    '+5',
    'soon',
    '2026-11-23T08:01:00Z',
    'Mon, 23 Nov 2026 08:01:00',
    'Mon, 23 Nov 2026 08:01:00 CET',
    'Mon, 31 Nov 2026 08:01:00 GMT',
    'Mon, 23 Nev 2026 08:01:00 GMT',
    'Mon, 23 Nov 2026 25:01:00 GMT',
    '120, 240',
  ])('cannot read %j', (header) => expect(parseRetryAfter(header, NOW)).toBeNull());
});

describe('boundedRetryAfter', () => {
  it.each([
    [300, null, 300],
    [300, 0, 300],
    [300, 299, 300],
    [300, 450, 450],
    [300, 600, 600],
    [300, 601, 600],
    [300, 31_536_000, 600],
  ])('of %d s, when asked for %s, waits %d s', (scheduled, asked, expected) => {
    expect(boundedRetryAfter(scheduled, asked)).toBe(expected);
  });
});
