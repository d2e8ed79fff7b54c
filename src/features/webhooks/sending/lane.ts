/** The speed of an endpoint: unknown, quick (its last attempt took less than a second) or slow. */
type Pace = 'unknown' | 'quick' | 'slow';

/** The number of answers over which the rate is measured. */
const MEASURED = 32;
/**
 * How long an endpoint without a measured rate may limit new deliveries, and the rate (per second) from which an
 * endpoint may.
 */
const MEASURING_MS = 100;
const FAST = 640;

/** An item of a lane: a claimed delivery, with what its owner needs to know. */
export interface Held {
  readonly claimed: { readonly webhookId: string; readonly accountId: string };
}

/** The deliveries of one endpoint in this process. */
export class Lane<T extends Held> {
  readonly waiting: T[] = [];
  underWay = 0;
  pace: Pace = 'unknown';
  /** How many deliveries it may hold. This doubles while the endpoint keeps up. */
  allowance: number;
  /** Whether the last claim was filled, so that there may be more. */
  more = false;
  /** Whether it is in the queue for a turn. */
  queued = false;

  /** Answers per second; null until enough of them were counted. */
  private rate: number | null = null;
  private answers = -1;
  private since = performance.now();

  constructor(
    readonly id: string,
    readonly accountId: string,
    allowance: number,
  ) {
    this.allowance = allowance;
  }

  /** The measurement begins with the first answer, which includes opening a connection. */
  answered(): void {
    this.answers += 1;
    if (this.answers > 0 && this.answers < MEASURED) return;
    const now = performance.now();
    if (this.answers > 0) this.rate = (this.answers * 1_000) / Math.max(1, now - this.since);
    this.answers = 0;
    this.since = now;
  }

  /**
   * Whether new deliveries should be created only as fast as this endpoint takes them. An endpoint that is not fast
   * must not delay others.
   */
  get setsThePace(): boolean {
    if (this.pace === 'slow') return false;
    return this.rate === null ? performance.now() - this.since < MEASURING_MS : this.rate >= FAST;
  }

  /** How many more it may hold. */
  get room(): number {
    return Math.max(0, this.allowance - this.held);
  }

  get held(): number {
    return this.waiting.length + this.underWay;
  }
}
