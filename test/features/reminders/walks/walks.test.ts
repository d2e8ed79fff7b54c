import { TestProgram } from '../../../harness/program.js';
import { tell } from '../../../harness/figures.js';
import { batchOf } from './steps.js';
import type { Batch } from './steps.js';
import { Astray, Walking } from './walking.js';
import { size } from '../../../harness/size.js';

/** `KITH_FACE_WALKS=10000` for a long run; `KITH_WALK_FROM=37` goes on with the 37th batch; `KITH_WALK_SEED=5` for other walks. */
const WALKS = size('KITH_FACE_WALKS', 200, 40);
const FROM = Number(process.env.KITH_WALK_FROM ?? 0);
const STEPS = 40;
const TOGETHER = 20;
const SEED = Number(process.env.KITH_WALK_SEED ?? 1764);
/** Shrinking ends then, with what it has. */
const SHRINK_MS = 60_000;

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

async function astrayOf(batch: Batch, first: number): Promise<Astray | null> {
  try {
    await new Walking(program).walk(batch, first);
    return null;
  } catch (error) {
    if (error instanceof Astray) return error;
    throw error;
  }
}

/** The walk that went astray, alone, without the steps that it can do without. */
async function shrunk(batch: Batch, { walk, step }: Astray, first: number): Promise<Astray | null> {
  const face = first + walk;
  let shortest: Batch = {
    ...batch,
    waits: batch.waits.slice(0, step + 1),
    walks: [batch.walks[walk]?.slice(0, step + 1) ?? []],
  };
  let found = await astrayOf(shortest, face);
  if (!found) return null;
  const endsAt = performance.now() + SHRINK_MS;
  for (let size = step; size >= 1 && performance.now() < endsAt; size = Math.floor(size / 2)) {
    for (let from = 0; from < shortest.waits.length && performance.now() < endsAt;) {
      const shorter = without(shortest, from, size);
      const again = await astrayOf(shorter, face);
      if (again) [shortest, found] = [shorter, again];
      else from += size;
    }
  }
  return found;
}

/** Time still goes by: the waits of steps that are left out are added to the next. */
function without({ start, waits, walks }: Batch, from: number, size: number): Batch {
  const kept = <T>(list: readonly T[]): T[] => list.filter((_, index) => index < from || index >= from + size);
  return { start, waits: kept(waits), walks: walks.map(kept) };
}

it(
  `${WALKS} walks of ${STEPS} steps through both faces keep their promises, and what is foreseen happens`,
  async () => {
    const startedAt = performance.now();
    for (let index = FROM; index * TOGETHER < WALKS; index += 1) {
      const batch = batchOf(SEED + index, TOGETHER, STEPS);
      const astray = await astrayOf(batch, index * TOGETHER);
      if (!astray) continue;
      const alone = await shrunk(batch, astray, index * TOGETHER);
      const { message, requests } = alone ?? astray;
      throw new Error(
        `Batch ${index}, walk ${astray.walk}${alone ? '' : ' (only beside the others)'}: ${message}\n${requests.join('\n')}`,
      );
    }
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
    tell(`R5: ${WALKS - FROM * TOGETHER} walks of ${STEPS} steps through the faces, none astray, in ${seconds} s.`);
  },
  4 * 3_600_000,
);
