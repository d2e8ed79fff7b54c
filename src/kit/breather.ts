import { setImmediate } from 'node:timers/promises';

/** So long work goes on before everybody else has a turn, in milliseconds. */
const LONGEST_BREATH_MS = 8;

/** Lets others in between the parts of long work: call `breathe` after each part. Awaiting alone gives nobody else a turn. */
export class Breather {
  private since = performance.now();

  async breathe(): Promise<void> {
    if (performance.now() - this.since < LONGEST_BREATH_MS) return;
    await setImmediate();
    this.since = performance.now();
  }
}

/** Computes something of each item, with breaths: how many there are, and what each costs, an account decides. */
export async function inSlices<T, R>(items: Iterable<T>, compute: (item: T) => R): Promise<R[]> {
  const breather = new Breather();
  const computed: R[] = [];
  for (const item of items) {
    computed.push(compute(item));
    await breather.breathe();
  }
  return computed;
}
