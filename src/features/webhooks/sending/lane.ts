/** How quick an endpoint has shown itself: nothing is known yet, its last attempt took less than a second, or more. */
type Pace = 'unknown' | 'quick' | 'slow';

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

  constructor(
    readonly id: string,
    allowance: number,
  ) {
    this.allowance = allowance;
  }

  get held(): number {
    return this.waiting.length + this.underWay;
  }
}
