import type { PoolClient } from 'pg';
import type { Actor } from '../actor/actor.js';
import type { Topic } from './topics.js';

/**
 * A transaction, and the topics to signal once it is committed. An actor can carry it: everything that this actor reads
 * and writes then happens inside it.
 */
export class Unit {
  /** Replaced by a new set at each change, so that a part that is rolled back can restore the previous set. */
  woken: ReadonlySet<Topic> = new Set();

  constructor(readonly client: PoolClient) {}

  wake(topic: Topic): void {
    if (!this.woken.has(topic)) this.woken = new Set([...this.woken, topic]);
  }
}

export function unitOf({ unit }: Actor): Unit | null {
  return unit instanceof Unit ? unit : null;
}
