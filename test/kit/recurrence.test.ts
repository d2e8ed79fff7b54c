import fc from 'fast-check';
import { checkRecurrence, nextOccurrence, occurrencesThrough } from '../../src/kit/recurrence.js';
import type { Recurrence } from '../../src/kit/recurrence.js';

const BEFORE_ALL = new Date('1969-12-01T00:00:00Z');

function firstOccurrences(rule: Recurrence, most: number, after = BEFORE_ALL): string[] {
  const found: string[] = [];
  for (let last = after; found.length < most;) {
    const next = nextOccurrence(rule, last);
    if (!next) break;
    found.push(next.toISOString().replace('.000Z', 'Z'));
    last = next;
  }
  return found;
}

describe('checkRecurrence', () => {
  it.each([
    'FREQ=DAILY',
    'freq=weekly;byday=mo,we',
    'FREQ=DAILY;INTERVAL=366;COUNT=1000',
    'FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO',
    'FREQ=MONTHLY;BYMONTHDAY=-1',
    'FREQ=MONTHLY;BYDAY=-1FR',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO',
    'FREQ=YEARLY;BYDAY=53MO',
    'FREQ=YEARLY;BYYEARDAY=-366',
    'FREQ=DAILY;UNTIL=20301231',
    'FREQ=DAILY;UNTIL=20301231T235959Z',
    'FREQ=DAILY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYMONTHDAY=1,2,3,4,5,6,7,8,9,10,11,12',
  ])('takes %s', (rrule) => expect(checkRecurrence(rrule)).toBeNull());

  it.each([
    ['', /"" is no part/],
    ['INTERVAL=2', /FREQ is missing/],
    ['FREQ=HOURLY', /FREQ=HOURLY/],
    ['FREQ=MINUTELY', /FREQ=MINUTELY/],
    ['FREQ=SECONDLY', /FREQ=SECONDLY/],
    ['FREQ=DAILY;', /"" is no part/],
    ['FREQ=DAILY;FREQ=DAILY', /FREQ appears twice/],
    ['FREQ=DAILY;INTERVAL=0', /INTERVAL=0 .* 1 to 366/],
    ['FREQ=DAILY;INTERVAL=367', /INTERVAL=367 .* 1 to 366/],
    ['FREQ=DAILY;INTERVAL=1e2', /INTERVAL=1E2/],
    ['FREQ=DAILY;COUNT=1001', /COUNT=1001 .* 1 to 1000/],
    ['FREQ=DAILY;COUNT=99999999999999999999', /COUNT=9+ /],
    ['FREQ=DAILY;COUNT=2;UNTIL=20300101', /COUNT and UNTIL/],
    ['FREQ=DAILY;UNTIL=20300230', /UNTIL=20300230/],
    ['FREQ=DAILY;UNTIL=21010101', /UNTIL=21010101/],
    ['FREQ=DAILY;UNTIL=20300101T250000Z', /UNTIL=/],
    ['FREQ=DAILY;WKST=XX', /WKST=XX/],
    ['FREQ=DAILY;BYHOUR=9', /"BYHOUR".*time of day is that of the start/],
    ['FREQ=DAILY;BYMINUTE=9', /"BYMINUTE"/],
    ['FREQ=DAILY;BYSECOND=9', /"BYSECOND"/],
    ['FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO', /"BYWEEKNO".*BYMONTH and BYDAY/],
    ['FREQ=DAILY;RSCALE=CHINESE', /"RSCALE"/],
    ['FREQ=DAILY;CONSTRUCTOR=1', /"CONSTRUCTOR"/],
    ['FREQ=DAILY\nDTSTART:20200101T000000', /line break/],
    ['RRULE:FREQ=DAILY', /begins with "RRULE:"/],
    ['FREQ=YEARLY;BYMONTH=13', /BYMONTH has "13"/],
    ['FREQ=YEARLY;BYMONTH=-1', /BYMONTH has "-1"/],
    ['FREQ=MONTHLY;BYMONTHDAY=0', /BYMONTHDAY has "0"/],
    ['FREQ=MONTHLY;BYMONTHDAY=1,,2', /BYMONTHDAY has ""/],
    ['FREQ=WEEKLY;BYMONTHDAY=1', /BYMONTHDAY does not go with FREQ=WEEKLY/],
    ['FREQ=MONTHLY;BYYEARDAY=1', /BYYEARDAY does not go with FREQ=MONTHLY/],
    ['FREQ=YEARLY;BYYEARDAY=1;BYDAY=MO', /BYYEARDAY does not go with other/],
    ['FREQ=WEEKLY;BYDAY=1MO', /BYDAY=1MO/],
    ['FREQ=MONTHLY;BYDAY=6MO', /BYDAY=6MO .* 1 to 5/],
    ['FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=1', /BYDAY=1MO/],
    ['FREQ=WEEKLY;BYDAY=MOO', /BYDAY has "MOO"/],
    ['FREQ=DAILY;BYDAY=MO;BYSETPOS=1', /BYSETPOS does not go with FREQ=DAILY/],
    ['FREQ=MONTHLY;BYSETPOS=1', /BYSETPOS picks/],
    [`FREQ=MONTHLY;BYMONTHDAY=${Array.from({ length: 25 }, (_, day) => day + 1).join(',')}`, /25 values, at most 24/],
    [`FREQ=DAILY;BYMONTHDAY=${'1,'.repeat(400)}1`, /longer than 500/],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', /never occurs/],
    ['FREQ=DAILY;COUNT=3;BYMONTH=2;BYMONTHDAY=30', /never occurs/],
    ['FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6', /never occurs/],
  ])('refuses %j', (rrule, reason) => {
    const sentence = checkRecurrence(rrule);
    expect(sentence).toMatch(reason);
    expect(sentence).toMatch(/^[^.]*: [^.]*\.$/);
  });

  it.each([
    ['FREQ=MONTHLY;INTERVAL=12;BYMONTH=3', '2026-04-01T09:00', /never occurs between 2026-04-01T09:00 and 2100/],
    ['FREQ=DAILY;UNTIL=20200101', '2026-04-01T09:00', /never occurs between/],
    ['FREQ=MONTHLY;BYMONTH=2', '2026-01-30T09:00', /never occurs between/],
    ['FREQ=DAILY', '2026-02-30T09:00', /wall time/],
    ['FREQ=DAILY', '2026-04-01T09:00Z', /wall time/],
  ])('refuses %s from %s', (rrule, start, reason) => expect(checkRecurrence(rrule, start)).toMatch(reason));

  it('never throws and never hangs on what is no rule', () => {
    const names = fc.constantFrom(
      'FREQ',
      'INTERVAL',
      'COUNT',
      'UNTIL',
      'BYDAY',
      'BYMONTH',
      'BYMONTHDAY',
      'BYSETPOS',
      'X',
    );
    const values = fc.oneof(fc.constantFrom('DAILY', 'YEARLY', 'MO', '-1FR', '20300101', '31', '2'), fc.string());
    const rules = fc.array(fc.tuple(names, values), { maxLength: 5 });
    fc.assert(
      fc.property(rules, (parts) => {
        const rrule = parts.map((part) => part.join('=')).join(';');
        const sentence = checkRecurrence(rrule, '2026-01-31T09:00');
        if (sentence === null)
          expect(nextOccurrence({ rrule, start: '2026-01-31T09:00', timeZone: 'UTC' }, BEFORE_ALL)).not.toBeNull();
        else expect(sentence).toMatch(/\.$/);
      }),
      { numRuns: 300 },
    );
  });
});

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
