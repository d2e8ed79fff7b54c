/** How quick an endpoint has shown itself: nothing is known yet, its last attempt took less than a second, or more. */
type Pace = 'unknown' | 'quick' | 'slow';

/** So many answers tell how many come in a second. */
const MEASURED = 32;
/** How long an endpoint that is not measured yet may set the pace, and the rate from which on it may (a second). */
const MEASURING_MS = 100;
const FAST = 640;

/** What a lane holds: a claimed delivery, with whatever its owner needs to know of it. */
export interface Held {
  readonly claimed: { readonly webhookId: string };
}

/** One endpoint's deliveries in this process. */
export class Lane<T extends Held> {
  readonly waiting: T[] = [];
  underWay = 0;
  pace: Pace = 'unknown';
  /** How many deliveries it may hold: it doubles while the endpoint keeps up. */
  allowance: number;
  /** The last claim was filled, so there may be more. */
  more = false;
  /** It stands in the queue for a turn. */
  queued = false;

  /** Answers a second; null before there were enough of them. */
  private rate: number | null = null;
  private answers = -1;
  private since = performance.now();

  constructor(
    readonly id: string,
    allowance: number,
  ) {
    this.allowance = allowance;
  }

  /** The first answer, for which a connection was opened, begins the measurement. */
  answered(): void {
    this.answers += 1;
    if (this.answers > 0 && this.answers < MEASURED) return;
    const now = performance.now();
    if (this.answers > 0) this.rate = (this.answers * 1_000) / Math.max(1, now - this.since);
    this.answers = 0;
    this.since = now;
  }

  /** Are new deliveries better made as quickly as it takes them? Those of an endpoint that is not fast delay nobody. */
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
