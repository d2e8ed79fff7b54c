import { timesAfter } from '../../../../src/features/reminders/timing/repeats.js';
import type { Repeating } from '../../../../src/features/reminders/timing/repeats.js';

const DAY_MS = 86_400_000;
const START = new Date('2026-03-02T09:00:00.000Z');

function taken(repeating: Pick<Repeating, 'rrule' | 'every'>, count: number): Date[] {
  const times: Date[] = [];
  for (const time of timesAfter({ ...repeating, startsAt: START, timeZone: 'UTC' }, START)) {
    times.push(time);
    if (times.length === count) break;
  }
  return times;
}

describe('the times of a repeat, one after the other', () => {
  it.each([
    { every: 'P1D', rrule: null },
    { every: null, rrule: 'FREQ=DAILY' },
  ])('leave no day out, however many are asked for: %j', (repeating) => {
    const days = taken(repeating, 5_000).map((time) => (time.getTime() - START.getTime()) / DAY_MS);
    expect(days).toEqual(Array.from({ length: 5_000 }, (_, index) => index + 1));
  });

  it('end with their rule', () => {
    expect(taken({ every: null, rrule: 'FREQ=DAILY;COUNT=4' }, 10)).toHaveLength(3);
  });
});
