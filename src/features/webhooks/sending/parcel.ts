import type { Appetite, Claimed, Wishes } from './claim.sql.js';
import type { Endpoint } from './endpoints.js';

/** What one claim holds its deliveries by. */
export interface Lease {
  readonly token: string;
  /** From then on an attempt could outlast the lease (`performance.now()`). */
  readonly startBefore: number;
  /** From then on the deliveries are anyone's (`performance.now()`). */
  readonly endsAt: number;
}

export interface Leased {
  readonly claimed: Claimed;
  readonly lease: Lease;
}

/** A claimed delivery with all that its attempt needs. */
export interface Parcel extends Leased {
  readonly endpoint: Endpoint;
  readonly body: string;
  readonly wishes: Wishes | null;
}

/** What a statement answered, and what it holds. */
export interface Held<T> {
  readonly answer: T;
  readonly claimed: Claimed[];
}

export type Take<T> = (batch: Parcel[], answer: T) => void;

/** What became of a batch of events. */
export interface Made {
  readonly events: number;
  /** There may be more events. */
  readonly again: boolean;
  /** Some of the deliveries that were made of them are not held. */
  readonly left: boolean;
}

/** A process that stops makes deliveries for others to send. */
export const NO_APPETITE: Appetite & { most: number } = { total: 0, each: 0, rooms: new Map(), most: Infinity };
