import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';

type KeyRevoked = (tx: Tx, keyId: string) => Promise<void>;

/** Tells whoever acts in the name of a key that it was revoked, inside the transaction that revokes it. */
@Injectable()
export class EndedKeys {
  private readonly listeners: KeyRevoked[] = [];

  whenRevoked(listener: KeyRevoked): void {
    this.listeners.push(listener);
  }

  async revoked(tx: Tx, keyId: string): Promise<void> {
    for (const listener of this.listeners) await listener(tx, keyId);
  }
}
