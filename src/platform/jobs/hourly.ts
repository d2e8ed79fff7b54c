import type { Clock } from '../clock/clock.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/**
 * A cleanup as a job for the ticker, which runs jobs far more often: batch after batch until nothing is left, and then
 * not again for an hour.
 *
 * @param batch does one batch; returns whether there may be more
 */
export function hourly(clock: Clock, batch: () => Promise<boolean>): () => Promise<'again' | null> {
  return paced(clock, HOUR_MS, batch);
}

/** The same, once a minute. */
export function minutely(clock: Clock, batch: () => Promise<boolean>): () => Promise<'again' | null> {
  return paced(clock, MINUTE_MS, batch);
}

function paced(clock: Clock, paceMs: number, batch: () => Promise<boolean>): () => Promise<'again' | null> {
  let next = 0;
  return async () => {
    const now = clock.now().getTime();
    if (now < next) return null;
    if (await batch()) return 'again';
    next = now + paceMs;
    return null;
  };
}
