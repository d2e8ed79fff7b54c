import fc from 'fast-check';
import { Walk } from './rings-walk.js';
import type { Step } from './rings-walk.js';

/** As many as a file may cost; `KITH_WALKS=20000` and more before a change of the model. */
const WALKS = Number(process.env.KITH_WALKS ?? 4_000);
const SEED = 1764;

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
it(`keeps its promises through ${WALKS} walks`, () => {
  const walk = fc.property(start, rule, fc.boolean(), fc.array(step, { maxLength: 6 }), (at, begins, quiet, steps) => {
    const walker = new Walk(at, begins, quiet);
    for (const one of steps) walker.take(one);
  });
  fc.assert(walk, { numRuns: WALKS, seed: SEED });
});
