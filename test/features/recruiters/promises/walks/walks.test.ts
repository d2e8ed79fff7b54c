import fc from 'fast-check';
import { faces } from '../../../../harness/faces.js';
import { TestProgram } from '../../../../harness/program.js';
import { size } from '../../../../harness/size.js';
import { Expecting } from '../expecting.js';
import { Page } from './page.js';
import { steps } from './steps.js';
import { Walked } from './walked.js';

/** `KITH_CHECK_BACK_WALKS=500` for a long run, `KITH_CHECK_BACK_SEED=5` for other walks. */
const WALKS = size('KITH_CHECK_BACK_WALKS', 10, 2);
const SEED = Number(process.env.KITH_CHECK_BACK_SEED ?? 1764);
const MOST_STEPS = 40;
const START = '2026-06-30T10:00:00Z';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

it.each(faces)(
  `${WALKS} walks over %s of parking, coming back, taking back, trash, time and zones are as the page says`,
  async (name) => {
    const on = await Expecting.over(name, shared);
    const walks = fc.commands(steps, { maxCommands: MOST_STEPS, size: 'max' });
    await fc.assert(
      fc.asyncProperty(walks, async (walk) => {
        const setup = async () => ({ model: new Page(START), real: await Walked.begin(on, START) });
        await fc.asyncModelRun(setup, walk);
      }),
      { seed: SEED + faces.indexOf(name), numRuns: WALKS, endOnFailure: false },
    );
  },
  3_600_000,
);
