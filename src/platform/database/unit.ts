import type { PoolClient } from 'pg';
import type { Actor } from '../actor/actor.js';
import type { Topic } from './topics.js';

/**
 * A transaction, and what it wakes once it is committed. An actor may carry one along: what it reads and writes meanwhile
 * happens inside.
 */
export class Unit {
  /** Each time another set, so that a part that is rolled back puts back what was there before it. */
  woken: ReadonlySet<Topic> = new Set();

  constructor(readonly client: PoolClient) {}

  wake(topic: Topic): void {
    if (!this.woken.has(topic)) this.woken = new Set([...this.woken, topic]);
  }
}

export function unitOf({ unit }: Actor): Unit | null {
  return unit instanceof Unit ? unit : null;
}
