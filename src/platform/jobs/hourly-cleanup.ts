import type { Clock } from '../clock/clock.js';

const HOUR_MS = 3_600_000;

/** A cleanup that runs once an hour: batch after batch until nothing is left. */
export class HourlyCleanup {
  private next = 0;

  constructor(
    private readonly clock: Clock,
    /** Does one batch; returns whether there may be more. */
    private readonly batch: () => Promise<boolean>,
  ) {}

  /** A job for the ticker, which runs far more often than once an hour. */
  async run(): Promise<'again' | null> {
    const now = this.clock.now().getTime();
    if (now < this.next) return null;
    if (await this.batch()) return 'again';
    this.next = now + HOUR_MS;
    return null;
  }
}
