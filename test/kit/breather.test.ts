import { setImmediate } from 'node:timers/promises';
import { breathe, inSlices } from '../../src/kit/breather.js';

const PART_MS = 3;
/** The longest breath is 8 ms: three parts, and one that the machine took a moment more for. */
const MOST_PARTS = 4;

/** How many turns of the loop there were so far, as long as `watched` has work. */
let turn = 0;

async function watched<R>(work: () => Promise<R>): Promise<R> {
  let isOver = false;
  const done = work().finally(() => (isOver = true));
  while (!isOver) {
    await setImmediate();
    turn += 1;
  }
  return done;
}

/** Keeps the processor, and answers in which turn of the loop that was. */
function part(): number {
  for (const start = performance.now(); performance.now() - start < PART_MS;);
  return turn;
}

function mostIn(turns: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const one of turns) counts.set(one, (counts.get(one) ?? 0) + 1);
  return Math.max(...counts.values());
}

it('gives everything else a turn between the parts of one long work', async () => {
  const turns = await watched(() => inSlices(Array.from({ length: 40 }), part));
  expect(turns).toHaveLength(40);
  expect(mostIn(turns)).toBeLessThanOrEqual(MOST_PARTS);
});

it('gives everything else as many turns when thirty compute at once, and lets them on in their order', async () => {
  const turns: number[] = [];
  const order: number[] = [];
  const caller = async (_: unknown, number: number): Promise<void> => {
    part();
    await breathe();
    order.push(number);
    turns.push(part());
    await breathe();
    turns.push(part());
  };
  await watched(() => Promise.all(Array.from({ length: 30 }, caller)));
  expect(turns).toHaveLength(60);
  expect(mostIn(turns)).toBeLessThanOrEqual(MOST_PARTS);
  expect(order.slice(MOST_PARTS)).toEqual(order.slice(MOST_PARTS).sort((a, b) => a - b));
});

it('does not make short work wait', async () => {
  await setImmediate();
  const began = turn;
  await watched(() => inSlices([1, 2, 3], (number) => number));
  expect(turn - began).toBeLessThanOrEqual(1);
});
