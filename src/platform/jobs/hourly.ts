import type { Clock } from '../clock/clock.js';

const HOUR_MS = 3_600_000;

/**
 * Housekeeping as a job for the ticker, which asks far more often: batch after batch until there is nothing left, and not
 * again within the hour.
 *
 * @param batch does one batch; says whether there may be more
 */
export function hourly(clock: Clock, batch: () => Promise<boolean>): () => Promise<'again' | null> {
  let next = 0;
  return async () => {
    const now = clock.now().getTime();
    if (now < next) return null;
    if (await batch()) return 'again';
    next = now + HOUR_MS;
    return null;
  };
}
