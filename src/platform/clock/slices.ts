import { setImmediate as breathe } from 'node:timers/promises';

/** After this time other work of the program gets a turn, in milliseconds. */
const SLICE_MS = 10;

/** The time that a computation holds the event loop: `pause` lets other work run when it was long enough. */
export class Slices {
  private since = performance.now();

  async pause(): Promise<void> {
    if (performance.now() - this.since < SLICE_MS) return;
    await breathe();
    this.since = performance.now();
  }
}

/** Computes something of each item, in slices: how many there are, and what each costs, an account decides. */
export async function inSlices<T, R>(items: Iterable<T>, compute: (item: T) => R): Promise<R[]> {
  const slices = new Slices();
  const computed: R[] = [];
  for (const item of items) {
    computed.push(compute(item));
    await slices.pause();
  }
  return computed;
}
