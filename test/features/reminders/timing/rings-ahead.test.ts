import fc from 'fast-check';
import { tell } from '../../../harness/figures.js';
import { Walk } from './rings-walk.js';
import type { Step } from './rings-walk.js';
import { size } from '../../../harness/size.js';

/** As many as a file may cost; `KITH_WALKS=1000000 KITH_WALK_SEED=1` for a long run. */
const WALKS = size('KITH_WALKS', 20_000, 3_000);
const SEED = Number(process.env.KITH_WALK_SEED ?? 1_764);
const STEPS = 40;

const rules = [
  {},
  { every: 'P1D' },
  { every: 'P1W' },
  { every: 'P1M' },
  { rrule: 'FREQ=DAILY;COUNT=3' },
  { every: 'P2D', anchor: 'completion' },
] as const;

const hours = fc.integer({ min: 1, max: 80 });
const start = fc.integer({ min: -72, max: 80 });
const rule = fc.constantFrom(...rules);

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ verb: fc.constant('wait' as const), hours }),
  fc.record({ verb: fc.constant('snooze' as const), hours }),
  fc.record({ verb: fc.constantFrom('complete' as const, 'dismiss' as const, 'skip' as const) }),
  fc.record({ verb: fc.constantFrom('pause' as const, 'resume' as const, 'end' as const) }),
  fc.record({ verb: fc.constant('move' as const), hours: start }),
  fc.record({ verb: fc.constant('rule' as const), rule }),
);

/** Whatever is said to a reminder, and in whatever order: the bell never goes missing. */
it(`keeps its promises through ${WALKS} walks of ${STEPS} steps`, () => {
  const startedAt = performance.now();
  const walk = fc.property(
    start,
    rule,
    fc.boolean(),
    fc.array(step, { minLength: STEPS, maxLength: STEPS }),
    (at, begins, quiet, steps) => {
      const walker = new Walk(at, begins, quiet);
      for (const one of steps) walker.take(one);
    },
  );
  fc.assert(walk, { numRuns: WALKS, seed: SEED });
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
  tell(`R4: ${WALKS} walks of ${STEPS} steps without a database, none astray, in ${seconds} s.`);
});
