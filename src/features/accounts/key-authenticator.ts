import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { AccountCalendar, Actor } from '../../platform/actor/actor.js';
import { ACTORS, Authenticator } from '../../platform/auth/authenticator.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { Wakeups } from '../../platform/database/wakeups.js';
import { identify } from './accounts.sql.js';
import { hashOfKey } from './key-secret.js';

interface Identity extends AccountCalendar {
  readonly keyId: string;
  readonly accountId: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
}

const REMEMBERED_KEYS = 10_000;
/** How long a revoked key could stay valid after a lost signal, in ms. */
const REMEMBERED_MS = 60_000;

/** Finds the actor of a key without a round trip: SHA-256, then a bounded cache that is cleared on every change of a key. */
@Injectable()
export class KeyAuthenticator extends Authenticator {
  private readonly known = new LRUCache<string, Actor>({
    max: REMEMBERED_KEYS,
    ttl: REMEMBERED_MS,
    ttlResolution: 1_000,
  });
  /** Counts how often the cache was cleared, so that an answer from before is not cached afterwards. */
  private generation = 0;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    wakeups: Wakeups,
  ) {
    super();
    wakeups.on(ACTORS, () => this.forget());
  }

  async authenticate(token: string): Promise<Actor | null> {
    const hash = hashOfKey(token);
    const name = hash.toString('base64');
    const remembered = this.known.get(name) ?? (await this.look(hash, name));
    if (!remembered || (remembered.expiresAt && remembered.expiresAt <= this.clock.now())) return null;
    return remembered;
  }

  private async look(hash: Buffer, name: string): Promise<Actor | null> {
    const { generation } = this;
    const [found] = await this.database.system<Identity>(identify(hash, this.clock.forSql()));
    if (!found) return null;
    const { accountId, keyId, scopes, expiresAt, ...calendar } = found;
    const actor: Actor = { accountId, keyId, scopes, expiresAt, calendar };
    if (generation === this.generation) this.known.set(name, actor);
    return actor;
  }

  private forget(): void {
    this.generation += 1;
    this.known.clear();
  }
}
