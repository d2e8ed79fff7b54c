import fc from 'fast-check';
import { checkRecurrence, nextOccurrence } from '../../src/kit/recurrence.js';
import { BEFORE_ALL } from './first-occurrences.js';

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
    'FREQ=YEARLY;BYMONTH=5;BYDAY=1SA,WE',
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
    ['FREQ=YEARLY;BYDAY=1SA,WE', /BYDAY=1SA,WE mixes .* BYMONTH/],
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
