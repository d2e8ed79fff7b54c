import type { Clock } from '../clock/clock.js';

const HOUR_MS = 3_600_000;

/** Housekeeping: batch after batch until there is nothing left, and not again within the hour. */
export class HourlyCleanup {
  private next = 0;

  constructor(
    private readonly clock: Clock,
    /** Does one batch; says whether there may be more. */
    private readonly batch: () => Promise<boolean>,
  ) {}

  /** A job for the ticker, which asks far more often than that. */
  async run(): Promise<'again' | null> {
    const now = this.clock.now().getTime();
    if (now < this.next) return null;
    if (await this.batch()) return 'again';
    this.next = now + HOUR_MS;
    return null;
  }
}
