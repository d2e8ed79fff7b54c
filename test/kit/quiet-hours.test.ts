import { afterQuietTimes } from '../../src/kit/quiet-hours.js';

const night = { from: '22:00', until: '07:30' };
const noon = { from: '08:00', until: '10:00' };
const weekend = [6, 7];
const allButMonday = [2, 3, 4, 5, 6, 7];

/** 2 March 2026 is a Monday. */
it.each([
  ['in no quiet time', null, [], '09:00', '2026-03-07T10:00', '2026-03-07T10:00'],
  ['the day before', null, weekend, '09:00', '2026-03-06T23:59', '2026-03-06T23:59'],
  ['on a quiet day', null, weekend, '09:00', '2026-03-07T00:00', '2026-03-09T09:00'],
  ['at its end', null, weekend, '09:00', '2026-03-08T23:59', '2026-03-09T09:00'],
  ['after it, before the day starts', null, weekend, '09:00', '2026-03-09T00:00', '2026-03-09T00:00'],
  ['in quiet hours that end on a quiet day', night, weekend, '09:00', '2026-03-06T22:00', '2026-03-09T09:00'],
  ['in quiet hours that end on another', night, weekend, '09:00', '2026-03-05T22:00', '2026-03-06T07:30'],
  ['when the day starts within quiet hours', noon, weekend, '09:00', '2026-03-07T12:00', '2026-03-09T10:00'],
  [
    'when the day starts within quiet hours that span midnight',
    night,
    allButMonday,
    '23:00',
    '2026-03-03T12:00',
    '2026-03-09T07:30',
  ],
  ['late on the only day that is not quiet', night, allButMonday, '23:00', '2026-03-02T22:30', '2026-03-09T07:30'],
])('an instant %s', (_, hours, weekdays, dayStartsAt, instant, end) => {
  const quiet = { hours, weekdays, dayStartsAt, timeZone: 'UTC' };
  const after = afterQuietTimes(new Date(`${instant}Z`), quiet);
  expect(after.toISOString().slice(0, 16)).toBe(end);
  expect(afterQuietTimes(after, quiet)).toEqual(after);
});
