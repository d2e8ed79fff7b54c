import { followUpTimes } from '../../../../src/features/contacts/encounters/wrap-up/follow-up-times.js';

const NOW = new Date('2026-03-02T10:00:30.000Z');
const times = (...priorities: ('high' | 'normal' | 'low')[]): string[] =>
  followUpTimes(priorities, NOW).map((at) => at.toISOString());

describe('follow-ups', () => {
  it('are spread evenly from 24 to 72 hours, by priority, then in order', () => {
    expect(times('low', 'normal', 'high', 'normal')).toEqual([
      '2026-03-05T10:00:00.000Z',
      '2026-03-04T02:00:00.000Z',
      '2026-03-03T10:00:00.000Z',
      '2026-03-04T18:00:00.000Z',
    ]);
  });

  it('begin a day from now when there is one', () => {
    expect(times('low')).toEqual(['2026-03-03T10:00:00.000Z']);
    expect(times()).toEqual([]);
  });

  it('of a hundred people lie within the three days, each later than the one before', () => {
    const all = times(...Array.from({ length: 100 }, () => 'normal' as const));
    expect([all[0], all[99]]).toEqual(['2026-03-03T10:00:00.000Z', '2026-03-05T10:00:00.000Z']);
    expect(new Set(all).size).toBe(100);
    expect([...all].sort()).toEqual(all);
  });
});
