import type { Chance } from './chance.js';
import type { Days } from './days.js';
import type { TouchBody } from './person.js';

/** The seed goes back two years. */
export const TWO_YEARS = 730;

/** How a relationship goes. */
export type Mood = 'kept' | 'due' | 'overdue' | 'fading';

/** The last touch, in parts of the cadence: so that today each is of the level that its mood says, whatever the length of the months. */
const LAST: Readonly<Record<Mood, readonly [number, number]>> = {
  kept: [0.04, 0.8],
  due: [1.07, 1.3],
  overdue: [1.6, 1.85],
  fading: [2.2, 2.9],
};

const HOW: readonly (readonly [channel: NonNullable<TouchBody['channel']>, summary: string])[] = [
  ['email', 'Wrote about what they build now'],
  ['email', 'Sent the slides, got questions back'],
  ['message', 'Congratulations on the release'],
  ['message', 'Short check-in'],
  ['message', 'They asked how we test migrations'],
  ['call', 'Talked through their offer'],
  ['call', 'Half an hour on hiring'],
  ['video', 'Pair programming on a flaky test'],
  ['video', 'Caught up, mostly about children'],
  ['in_person', 'Coffee at the station'],
  ['in_person', 'Lunch near the office'],
  ['in_person', 'Dinner after the conference'],
  ['code_review', 'Reviewed each other on the parser'],
  ['social', 'A thread about on-call'],
];

const DIRECTIONS = ['inbound', 'outbound', 'outbound', 'mutual', 'mutual'] as const;

/** How many days ago the last touch was. */
export function lastTouch(chance: Chance, mood: Mood, cadenceDays: number): number {
  const [from, to] = LAST[mood];
  return Math.max(1, Math.floor(cadenceDays * (from + chance.next() * (to - from))));
}

/** Touches from the last one back to the day of meeting, as far as the seed goes, a good part of the cadence apart. */
export function touchesBack(chance: Chance, days: Days, last: number, met: number, cadenceDays: number): TouchBody[] {
  const touches: TouchBody[] = [];
  const end = Math.min(met, TWO_YEARS);
  for (let ago = last; ago < end; ago += Math.ceil(cadenceDays * (0.55 + chance.next() * 0.9)))
    touches.push(touch(chance, days, ago));
  return touches;
}

export function touch(chance: Chance, days: Days, daysAgo: number): TouchBody {
  const [channel, summary] = chance.pick(HOW);
  const time = `${chance.whole(8, 19).toString().padStart(2, '0')}:${chance.pick(['00', '15', '30', '45'])}`;
  return { occurredAt: days.at(daysAgo, time), channel, direction: chance.pick(DIRECTIONS), summary };
}

/** Mass mail, which is no touch. */
export function newsletter(days: Days, daysAgo: number): TouchBody {
  const summary = 'Their newsletter';
  return {
    occurredAt: days.at(daysAgo, '06:30'),
    channel: 'email',
    direction: 'inbound',
    summary,
    countsAsTouch: false,
  };
}
