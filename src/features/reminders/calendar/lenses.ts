/** What a calendar shows of the account. */
export const LENSES = ['all', 'touches', 'check_backs', 'interviews'] as const;

export type Lens = (typeof LENSES)[number];

/** Rings a day ahead of a round, so that there is time to prepare. */
export const ROUND_UPCOMING = 'round_upcoming';

const KINDS: Readonly<Record<Exclude<Lens, 'all'>, readonly string[]>> = {
  touches: ['keep_in_touch'],
  check_backs: ['check_back'],
  interviews: [ROUND_UPCOMING, 'debrief', 'thank_you', 'practice'],
};

/** The kinds of reminders that a lens lets through; null for every kind. */
export function kindsOf(lens: Lens): readonly string[] | null {
  return lens === 'all' ? null : KINDS[lens];
}
