import { FairShare } from '../../../src/platform/jobs/fair-share.js';

const of = (accountId: string, count: number): { accountId: string }[] =>
  Array.from({ length: count }, () => ({ accountId }));

describe('A fair share', () => {
  let now = 0;
  let share: FairShare;

  beforeEach(() => {
    now = 0;
    share = new FairShare(() => now);
  });

  it('leaves three quarters of a full batch to others, once one account had more than a quarter', () => {
    expect(share.othersOf(100)).toBe(0);
    share.note([...of('a', 25), ...of('b', 25), ...of('c', 25), ...of('d', 25)], 100, 0);
    expect([share.accounts, share.othersOf(100)]).toEqual([[], 0]);
    share.note([...of('a', 26), ...of('b', 25), ...of('c', 25), ...of('d', 24)], 100, 0);
    expect([share.accounts, share.othersOf(100), share.othersOf(1)]).toEqual([['a'], 75, 1]);
  });

  it('forgets who took too much with the first batch that is not full', () => {
    share.note(of('a', 100), 100, 0);
    share.note(of('a', 99), 100, 75);
    expect([share.accounts, share.othersOf(100)]).toEqual([[], 0]);
  });

  it('looks for others again a quarter of a second after it found none, however many batches pass meanwhile', () => {
    share.note(of('a', 100), 100, 0);
    expect(share.othersOf(100)).toBe(75);
    share.note(of('a', 100), 100, 75);
    for (now of [0, 100, 249]) {
      expect(share.othersOf(100)).toBe(0);
      share.note(of('a', 100), 100, 0);
    }
    now = 250;
    expect(share.othersOf(100)).toBe(75);
  });

  it('looks half as often after each look that found nobody, but at least once a second', () => {
    share.note(of('a', 100), 100, 0);
    const looks: number[] = [];
    for (now = 0; now <= 4_000; now += 50) {
      const others = share.othersOf(100);
      if (others > 0) looks.push(now);
      share.note(of('a', 100), 100, others);
    }
    expect(looks).toEqual([0, 250, 750, 1_750, 2_750, 3_750]);
  });

  it('looks a quarter of a second later again, once others were found or a batch was not full', () => {
    share.note(of('a', 100), 100, 0);
    for (const found of [() => share.note(of('b', 100), 100, 75), () => share.note(of('a', 1), 100, 75)]) {
      for (now of [now, now + 250, now + 750]) share.note(of('a', 100), 100, 75);
      found();
      share.note(of('a', 100), 100, 0);
      share.note([...of('a', 100)], 100, 75);
      now += 249;
      expect(share.othersOf(100)).toBe(0);
      now += 1;
      expect(share.othersOf(100)).toBe(75);
    }
  });

  it('looks with each batch while there are others', () => {
    share.note(of('a', 100), 100, 0);
    share.note([...of('a', 99), ...of('b', 1)], 100, 75);
    expect(share.othersOf(100)).toBe(75);
  });
});
