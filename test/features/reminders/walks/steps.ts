import fc from 'fast-check';

/** What may be said, as data. `at` picks one of the things that are there; hours and days are counted from now. */
export type Said =
  | {
      readonly say: 'remind';
      readonly hours: number;
      readonly form: number;
      readonly zone: number;
      readonly byDay: boolean;
    }
  | { readonly say: 'edit'; readonly at: number; readonly what: number; readonly hours: number }
  | { readonly say: 'answer'; readonly at: number; readonly verb: Verb; readonly hours: number }
  | { readonly say: 'contact'; readonly verb: ContactVerb; readonly at: number; readonly days: number }
  | {
      readonly say: 'recruiter';
      readonly verb: 'create' | 'park' | 'engage' | 'remove';
      readonly at: number;
      readonly days: number;
    }
  | { readonly say: 'round'; readonly verb: RoundVerb; readonly at: number; readonly days: number }
  | { readonly say: 'settings'; readonly which: number };

export type Verb = (typeof VERBS)[number];
export type ContactVerb = (typeof CONTACT_VERBS)[number];
export type RoundVerb = (typeof ROUND_VERBS)[number];

/** How time goes by before something is said: with the worker on, or while it is down. */
export interface Wait {
  readonly minutes: number;
  readonly down: boolean;
}

const VERBS = [
  'complete',
  'snooze',
  'until',
  'tomorrow',
  'nextWeek',
  'dismiss',
  'skip',
  'pause',
  'resume',
  'remove',
] as const;
/** Restoring and parting are there twice, because most often there is nothing to restore; planning, because two plans for one contact meet seldom. */
const CONTACT_VERBS = [
  'create',
  'log',
  'plan',
  'plan',
  'restore',
  'redate',
  'unlog',
  'tier',
  'rename',
  'archive',
  'remove',
  'restore',
  'merge',
  'unmerge',
  'unmerge',
] as const;
const ROUND_VERBS = ['create', 'move', 'cancel', 'end', 'rename', 'remove', 'drop'] as const;

const at = fc.nat(7);
const hours = fc.integer({ min: -30, max: 200 });
const days = fc.integer({ min: -40, max: 20 });

const said: fc.Arbitrary<Said> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      say: fc.constant('remind' as const),
      hours,
      form: fc.nat(11),
      zone: fc.nat(3),
      byDay: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ say: fc.constant('edit' as const), at, what: fc.nat(13), hours }) },
  {
    weight: 7,
    arbitrary: fc.record({ say: fc.constant('answer' as const), at, verb: fc.constantFrom(...VERBS), hours }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ say: fc.constant('contact' as const), verb: fc.constantFrom(...CONTACT_VERBS), at, days }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      say: fc.constant('recruiter' as const),
      verb: fc.constantFrom('create' as const, 'park' as const, 'engage' as const, 'remove' as const),
      at,
      days,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ say: fc.constant('round' as const), verb: fc.constantFrom(...ROUND_VERBS), at, days }),
  },
  { weight: 1, arbitrary: fc.record({ say: fc.constant('settings' as const), which: fc.nat(11) }) },
);

const wait: fc.Arbitrary<Wait> = fc.oneof(
  { weight: 10, arbitrary: fc.constant({ minutes: 0, down: false }) },
  { weight: 4, arbitrary: fc.record({ minutes: fc.integer({ min: 1, max: 300 }), down: fc.constant(false) }) },
  { weight: 2, arbitrary: fc.record({ minutes: fc.integer({ min: 300, max: 2_400 }), down: fc.constant(false) }) },
  { weight: 1, arbitrary: fc.record({ minutes: fc.integer({ min: 60, max: 6_000 }), down: fc.constant(true) }) },
  { weight: 1, arbitrary: fc.record({ minutes: fc.integer({ min: 10_000, max: 120_000 }), down: fc.constant(true) }) },
);

/** Before gaps and folds of daylight saving, and in the middle of nowhere. */
const STARTS = [
  '2026-03-27T10:00:00Z',
  '2026-10-23T10:00:00Z',
  '2026-09-04T12:00:00Z',
  '2026-06-10T06:30:00Z',
] as const;

/** Walks that share a clock: how time goes by before each step, and what each says then. */
export interface Batch {
  readonly start: string;
  readonly waits: readonly Wait[];
  readonly walks: readonly (readonly Said[])[];
}

/** The same number gives the same batch. */
export function batchOf(seed: number, walks: number, steps: number): Batch {
  const of = <T>(arbitrary: fc.Arbitrary<T>, length: number): fc.Arbitrary<T[]> =>
    fc.array(arbitrary, { minLength: length, maxLength: length });
  const batch = fc.record({
    start: fc.constantFrom(...STARTS),
    waits: of(wait, steps),
    walks: of(of(said, steps), walks),
  });
  const [made] = fc.sample(batch, { seed, numRuns: 1 });
  if (!made) throw new Error('Nothing was made.');
  return made;
}
