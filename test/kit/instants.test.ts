import fc from 'fast-check';
import {
  atLocalTime,
  formatInstant,
  isLocalDate,
  isLocalDateTime,
  isTimeZone,
  localDateOf,
  parseInstant,
} from '../../src/kit/instants.js';

describe('parseInstant', () => {
  it.each([
    ['2026-11-23T08:00:00Z', '2026-11-23T08:00:00.000Z'],
    ['2026-11-23t08:00:00z', '2026-11-23T08:00:00.000Z'],
    ['2026-11-23T08:00:00.1Z', '2026-11-23T08:00:00.100Z'],
    ['2026-11-23T08:00:00.123999999Z', '2026-11-23T08:00:00.123Z'],
    ['2026-11-23T08:00:00+05:30', '2026-11-23T02:30:00.000Z'],
    ['2026-11-23T08:00:00-00:00', '2026-11-23T08:00:00.000Z'],
    ['2024-02-29T23:59:59-12:00', '2024-03-01T11:59:59.000Z'],
    ['1969-12-31T23:00:00-01:00', '1970-01-01T00:00:00.000Z'],
    ['2101-01-01T00:30:00+01:00', '2100-12-31T23:30:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(formatInstant(parseInstant(text) ?? new Date(NaN))).toBe(expected);
  });

  it.each([
    '',
    '2026-11-23',
    '2026-11-23T08:00:00',
    '2026-11-23T08:00Z',
    '2026-11-23 08:00:00Z',
    '2026-11-23T08:00:00,5Z',
    '2026-11-23T08:00:00.Z',
    '2026-11-23T24:00:00Z',
    '2026-11-23T08:60:00Z',
    '2016-12-31T23:59:60Z',
    '2026-02-29T08:00:00Z',
    '2026-04-31T08:00:00Z',
    '2026-13-01T08:00:00Z',
    '2026-00-01T08:00:00Z',
    '2026-01-00T08:00:00Z',
    '2026-11-23T08:00:00+0530',
    '2026-11-23T08:00:00+24:00',
    '2026-11-23T08:00:00+05:60',
    '2026-11-23T08:00:00Z\n',
    '1969-12-31T23:59:59.999Z',
    '2101-01-01T00:00:00Z',
    '+002026-11-23T08:00:00Z',
    'Mon, 23 Nov 2026 08:00:00 GMT',
  ])('refuses %j', (text) => expect(parseInstant(text)).toBeNull());

  it('reads back what formatInstant writes, whatever the offset', () => {
    const instants = fc.date({
      min: new Date('1970-01-02T00:00:00Z'),
      max: new Date('2100-12-30T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.integer({ min: -1439, max: 1439 }), (instant, offset) => {
        expect(parseInstant(formatInstant(instant))).toEqual(instant);
        const wall = new Date(instant.getTime() + offset * 60_000).toISOString().slice(0, -1);
        const minutes = Math.abs(offset);
        const hours = String(Math.floor(minutes / 60)).padStart(2, '0');
        const text = `${wall}${offset < 0 ? '-' : '+'}${hours}:${String(minutes % 60).padStart(2, '0')}`;
        expect(parseInstant(text)).toEqual(instant);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('isLocalDate and isLocalDateTime', () => {
  it.each([
    ['2024-02-29', true],
    ['2000-02-29', true],
    ['1900-02-28', true],
    ['2100-12-31', true],
    ['1900-02-29', false],
    ['2023-02-29', false],
    ['1899-12-31', false],
    ['2101-01-01', false],
    ['2026-1-1', false],
    ['2026-11-31', false],
    ['2026-11-23T00:00', false],
    ['2026-11-23\n', false],
  ])('%j is a day: %s', (text, expected) => expect(isLocalDate(text)).toBe(expected));

  it.each([
    ['2026-11-23T09:00', true],
    ['2026-11-23T09:00:59', true],
    ['1970-01-01T00:00', true],
    ['1969-12-31T23:59', false],
    ['2026-11-23T24:00', false],
    ['2026-11-23T09:00Z', false],
    ['2026-02-30T09:00', false],
  ])('%j is a wall time: %s', (text, expected) => expect(isLocalDateTime(text)).toBe(expected));
});

describe('isTimeZone', () => {
  it('knows every zone of the runtime', () => {
    expect(Intl.supportedValuesOf('timeZone').filter((name) => !isTimeZone(name))).toEqual([]);
  });

  it.each(['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'Europe/Kyiv', 'Etc/GMT+5', 'America/Argentina/Buenos_Aires'])(
    'knows %s',
    (name) => expect(isTimeZone(name)).toBe(true),
  );

  it.each([
    '',
    '+02:00',
    '-0500',
    'Z',
    'GMT+1',
    'BST',
    'IST',
    'europe/berlin',
    'Europe/Berlin ',
    'Mars/Base',
    'Etc/Unknown',
  ])('refuses %j', (name) => expect(isTimeZone(name)).toBe(false));
});

/** Expected instants from python's zoneinfo, an implementation of its own over the same tables. */
const WALL_TIMES: [string, string, string, string][] = [
  ['UTC', '2026-03-29', '02:30', '2026-03-29T02:30:00.000Z'],
  ['Europe/Berlin', '2026-03-29', '02:30', '2026-03-29T01:30:00.000Z'],
  ['Europe/Berlin', '2026-03-29', '09:00', '2026-03-29T07:00:00.000Z'],
  ['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
  ['Europe/Berlin', '2026-10-25', '09:00', '2026-10-25T08:00:00.000Z'],
  ['America/New_York', '2026-03-08', '02:30', '2026-03-08T07:30:00.000Z'],
  ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00.000Z'],
  ['Australia/Lord_Howe', '2026-10-04', '02:15', '2026-10-03T15:45:00.000Z'],
  ['Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45:00.000Z'],
  ['Pacific/Apia', '2011-12-29', '09:00', '2011-12-29T19:00:00.000Z'],
  ['Pacific/Apia', '2011-12-30', '09:00', '2011-12-30T19:00:00.000Z'],
  ['Pacific/Apia', '2011-12-31', '09:00', '2011-12-30T19:00:00.000Z'],
  ['Asia/Beirut', '2026-03-29', '00:30', '2026-03-28T22:30:00.000Z'],
  ['America/Havana', '2026-03-08', '00:15', '2026-03-08T05:15:00.000Z'],
  ['America/Havana', '2026-11-01', '00:30', '2026-11-01T04:30:00.000Z'],
  ['America/St_Johns', '2011-11-06', '00:00', '2011-11-06T02:30:00.000Z'],
  ['Pacific/Chatham', '2026-09-27', '02:50', '2026-09-26T14:05:00.000Z'],
  ['Pacific/Chatham', '2026-04-05', '03:00', '2026-04-04T13:15:00.000Z'],
  ['Asia/Kolkata', '2026-06-01', '09:00', '2026-06-01T03:30:00.000Z'],
];

describe('wall times', () => {
  it.each(WALL_TIMES)('%s %s %s is %s', (timeZone, date, time, expected) => {
    expect(atLocalTime(date, time, timeZone).toISOString()).toBe(expected);
  });

  it.each([
    ['2026-03-28T21:59:59Z', 'Asia/Beirut', '2026-03-28'],
    ['2026-03-28T22:00:00Z', 'Asia/Beirut', '2026-03-29'],
    ['2011-12-30T09:59:59Z', 'Pacific/Apia', '2011-12-29'],
    ['2011-12-30T10:00:00Z', 'Pacific/Apia', '2011-12-31'],
    ['2026-01-01T04:59:59Z', 'America/New_York', '2025-12-31'],
  ])('%s in %s is on %s', (instant, timeZone, expected) => {
    expect(localDateOf(new Date(instant), timeZone)).toBe(expected);
  });

  it('refuses a day, a time or a zone that does not exist', () => {
    expect(() => atLocalTime('2026-02-30', '09:00', 'UTC')).toThrow(RangeError);
    expect(() => atLocalTime('2026-02-28', '9:00', 'UTC')).toThrow(RangeError);
    expect(() => atLocalTime('2026-02-28', '24:00', 'UTC')).toThrow(RangeError);
    expect(() => atLocalTime('2026-02-28', '09:00', 'Mars/Base')).toThrow(RangeError);
  });
});
