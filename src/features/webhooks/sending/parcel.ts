import { newId } from '../../../kit/ids.js';
import type { Appetite, Claimed, Wishes } from './claim.sql.js';
import type { Endpoint } from './endpoints.js';

/** The lease of the deliveries of one claim. */
export interface Lease {
  readonly token: string;
  /** From then on an attempt could last longer than the lease (`performance.now()`). */
  readonly startBefore: number;
  /** The end of the lease: from then on any worker may claim the deliveries (`performance.now()`). */
  readonly endsAt: number;
}

export interface Leased {
  readonly claimed: Claimed;
  readonly lease: Lease;
}

/** A claimed delivery with everything that its attempt needs. */
export interface Parcel extends Leased {
  readonly endpoint: Endpoint;
  readonly body: string;
  readonly wishes: Wishes | null;
}

/** What a statement returned, and what it claimed. */
export interface Held<T> {
  readonly answer: T;
  readonly claimed: Claimed[];
}

export type Take<T> = (batch: Parcel[], answer: T) => void;

/** The result of fanning out a batch of events. */
export interface Made {
  readonly events: number;
  /** Whether there may be more events. */
  readonly again: boolean;
  /** Whether some of the deliveries that were created are not claimed. */
  readonly left: boolean;
}

/** A process that is stopping creates deliveries without claiming them. */
export const NO_APPETITE: Appetite & { most: number } = {
  total: 0,
  each: 0,
  rooms: new Map(),
  accounts: { each: 0, rooms: () => new Map() },
  most: Infinity,
};

/**
 * A lease from now on. Its end is computed from a time before the claim, so it is never later here than in the database.
 *
 * @param needsMs what an attempt and writing its result may take
 */
export function leaseOf(leaseMs: number, needsMs: number): Lease {
  const endsAt = performance.now() + leaseMs;
  return { token: newId(), startBefore: endsAt - needsMs, endsAt };
}
