import { nextOccurrence, occurrencesThrough } from '../../src/kit/recurrence.js';
import { BEFORE_ALL, firstOccurrences } from './first-occurrences.js';

/** The rule, the start and the zone, and the first occurrences. */
const TABLE: [string, string, string, string[]][] = [
  [
    'FREQ=DAILY',
    '2026-03-28T02:30',
    'Europe/Berlin',
    ['2026-03-28T01:30:00Z', '2026-03-29T01:30:00Z', '2026-03-30T00:30:00Z'],
  ],
  [
    'FREQ=DAILY;COUNT=3',
    '2026-10-24T02:30:30',
    'Europe/Berlin',
    ['2026-10-24T00:30:30Z', '2026-10-25T00:30:30Z', '2026-10-26T01:30:30Z'],
  ],
  [
    'FREQ=WEEKLY;BYDAY=SU',
    '2026-03-01T02:30',
    'America/New_York',
    ['2026-03-01T07:30:00Z', '2026-03-08T07:30:00Z', '2026-03-15T06:30:00Z'],
  ],
  [
    'FREQ=DAILY',
    '2026-10-03T02:15',
    'Australia/Lord_Howe',
    ['2026-10-02T15:45:00Z', '2026-10-03T15:45:00Z', '2026-10-04T15:15:00Z'],
  ],
  [
    'FREQ=DAILY',
    '2026-03-28T00:30',
    'Asia/Beirut',
    ['2026-03-27T22:30:00Z', '2026-03-28T22:30:00Z', '2026-03-29T21:30:00Z'],
  ],
  // Samoa skipped 30 December 2011: its occurrence falls on the 31st, which has one already.
  [
    'FREQ=DAILY',
    '2011-12-29T09:00',
    'Pacific/Apia',
    ['2011-12-29T19:00:00Z', '2011-12-30T19:00:00Z', '2011-12-31T19:00:00Z'],
  ],
  ['FREQ=DAILY;COUNT=3', '2011-12-29T09:00', 'Pacific/Apia', ['2011-12-29T19:00:00Z', '2011-12-30T19:00:00Z']],
  ['FREQ=MONTHLY', '2026-01-31T09:00', 'UTC', ['2026-01-31T09:00:00Z', '2026-03-31T09:00:00Z', '2026-05-31T09:00:00Z']],
  [
    'FREQ=MONTHLY;BYMONTHDAY=-1',
    '2026-01-15T09:00',
    'UTC',
    ['2026-01-31T09:00:00Z', '2026-02-28T09:00:00Z', '2026-03-31T09:00:00Z'],
  ],
  ['FREQ=YEARLY', '2024-02-29T09:00', 'UTC', ['2024-02-29T09:00:00Z', '2028-02-29T09:00:00Z', '2032-02-29T09:00:00Z']],
  [
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO;COUNT=4',
    '1997-08-05T09:00',
    'UTC',
    ['1997-08-05T09:00:00Z', '1997-08-10T09:00:00Z', '1997-08-19T09:00:00Z', '1997-08-24T09:00:00Z'],
  ],
  [
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU;COUNT=4',
    '1997-08-05T09:00',
    'UTC',
    ['1997-08-05T09:00:00Z', '1997-08-17T09:00:00Z', '1997-08-19T09:00:00Z', '1997-08-31T09:00:00Z'],
  ],
  [
    'FREQ=DAILY;UNTIL=20260103',
    '2026-01-02T23:00',
    'America/New_York',
    ['2026-01-03T04:00:00Z', '2026-01-04T04:00:00Z'],
  ],
  ['FREQ=DAILY;UNTIL=20260104T035959Z', '2026-01-02T23:00', 'America/New_York', ['2026-01-03T04:00:00Z']],
  [
    'FREQ=DAILY;UNTIL=20260104T040000Z',
    '2026-01-02T23:00',
    'America/New_York',
    ['2026-01-03T04:00:00Z', '2026-01-04T04:00:00Z'],
  ],
  // The end is in the second pass of the hour that repeats; the occurrence is in the first.
  [
    'FREQ=DAILY;UNTIL=20261025T011500Z',
    '2026-10-24T02:45',
    'Europe/Berlin',
    ['2026-10-24T00:45:00Z', '2026-10-25T00:45:00Z'],
  ],
  ['FREQ=YEARLY', '2098-06-01T09:00', 'UTC', ['2098-06-01T09:00:00Z', '2099-06-01T09:00:00Z', '2100-06-01T09:00:00Z']],
];

describe('nextOccurrence', () => {
  it.each(TABLE)('%s from %s in %s', (rrule, start, timeZone, expected) => {
    const isFinite = /COUNT|UNTIL|^FREQ=YEARLY$/.test(rrule) && start !== '2024-02-29T09:00';
    expect(firstOccurrences({ rrule, start, timeZone }, expected.length + (isFinite ? 1 : 0))).toEqual(expected);
  });

  it('is strictly after, to the millisecond', () => {
    const rule = { rrule: 'FREQ=DAILY', start: '2026-01-01T09:00', timeZone: 'UTC' };
    expect(nextOccurrence(rule, new Date('2026-01-02T08:59:59.999Z'))?.toISOString()).toBe('2026-01-02T09:00:00.000Z');
    expect(nextOccurrence(rule, new Date('2026-01-02T09:00:00.000Z'))?.toISOString()).toBe('2026-01-03T09:00:00.000Z');
  });

  it('counts COUNT from the start, however late it is asked', () => {
    const rule = { rrule: 'FREQ=DAILY;COUNT=1000', start: '2021-01-01T09:00', timeZone: 'UTC' };
    expect(nextOccurrence(rule, new Date('2023-09-26T09:00:00Z'))?.toISOString()).toBe('2023-09-27T09:00:00.000Z');
    expect(nextOccurrence(rule, new Date('2023-09-27T09:00:00Z'))).toBeNull();
  });

  it('refuses a rule, a start or a zone that is none', () => {
    const rule = { rrule: 'FREQ=DAILY', start: '2026-01-01T09:00', timeZone: 'UTC' };
    expect(() => nextOccurrence({ ...rule, rrule: 'FREQ=SECONDLY' }, BEFORE_ALL)).toThrow(RangeError);
    expect(() => nextOccurrence({ ...rule, start: 'today' }, BEFORE_ALL)).toThrow(RangeError);
    expect(() => nextOccurrence({ ...rule, timeZone: 'Mars/Base' }, BEFORE_ALL)).toThrow(RangeError);
  });
});

describe('occurrencesThrough', () => {
  const rule = { rrule: 'FREQ=DAILY', start: '2021-01-01T09:00', timeZone: 'Europe/Berlin' };

  it('takes the end in and leaves the beginning out', () => {
    const stretch = occurrencesThrough(rule, new Date('2026-01-01T08:00:00Z'), new Date('2026-01-04T08:00:00Z'));
    expect(stretch).toEqual({
      missed: 3,
      last: new Date('2026-01-04T08:00:00Z'),
      next: new Date('2026-01-05T08:00:00Z'),
    });
  });

  it('is empty when nothing fell into it', () => {
    const stretch = occurrencesThrough(rule, new Date('2026-01-01T08:00:00Z'), new Date('2026-01-02T07:59:59Z'));
    expect(stretch).toEqual({ missed: 0, last: null, next: new Date('2026-01-02T08:00:00Z') });
  });

  it('stops counting at 1,000, but still knows the last and the next', () => {
    const stretch = occurrencesThrough(rule, new Date(0), new Date('2026-06-01T12:00:00Z'));
    expect(stretch).toEqual({
      missed: 1000,
      last: new Date('2026-06-01T07:00:00Z'),
      next: new Date('2026-06-02T07:00:00Z'),
    });
  });

  it('counts a sparse rule over a century', () => {
    const yearly = { rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', start: '1970-01-01T09:00', timeZone: 'UTC' };
    const stretch = occurrencesThrough(yearly, new Date(0), new Date('2100-12-31T00:00:00Z'));
    expect(stretch).toEqual({ missed: 32, last: new Date('2096-02-29T09:00:00Z'), next: null });
  });

  it('does not count past the end of the rule', () => {
    const ending = { ...rule, rrule: 'FREQ=DAILY;UNTIL=20210103T080000Z' };
    const stretch = occurrencesThrough(ending, new Date(0), new Date('2026-06-01T12:00:00Z'));
    expect(stretch).toEqual({ missed: 3, last: new Date('2021-01-03T08:00:00Z'), next: null });
  });
});
