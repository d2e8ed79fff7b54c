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
