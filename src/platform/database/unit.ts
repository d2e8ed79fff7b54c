import type { PoolClient } from 'pg';
import { UnitOfWork } from '../actor/actor.js';
import type { Actor } from '../actor/actor.js';

/** A transaction that belongs to an actor: everything that this actor reads and writes happens inside it. */
export class Unit extends UnitOfWork {
  private readonly effects: (() => void)[] = [];

  constructor(readonly client: PoolClient) {
    super();
  }

  after(effect: () => void): void {
    this.effects.push(effect);
  }

  committed(): void {
    for (const effect of this.effects) effect();
  }
}

export function unitOf({ unit }: Actor): Unit | null {
  return unit instanceof Unit ? unit : null;
}
