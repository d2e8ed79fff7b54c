import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../clock/clock.js';
import { Config } from '../config/config.js';
import { Log } from '../config/log.js';
import { Database } from '../database/database.js';
import { Problem } from '../errors/problem.js';
import type { Actor } from '../actor/actor.js';
import { takeLease } from './rate-limits.sql.js';
import type { Reply } from './request.js';

const WINDOW_SECONDS = 60;
const REMEMBERED_KEYS = 10_000;
/** A process reserves this share of a limit at a time, so three processes together miss the limit by less than 1 %. */
const SHARE = 500;

/** How many requests a process may still accept for one key, and until when. */
interface RateLease {
  left: number;
  /** What no process has reserved yet. */
  readonly unleased: number;
  /** In milliseconds of `performance.now()`. */
  readonly endsAt: number;
}

/**
 * The rate limit of each key over all processes: a count in the database, reserved in small leases, so that most
 * requests need no statement.
 */
@Injectable()
export class RateLimits {
  private readonly leases = new LRUCache<string, RateLease>({ max: REMEMBERED_KEYS });
  private readonly asking = new Map<string, Promise<RateLease>>();
  private readonly limit: number;
  private readonly policy: string;

  constructor(
    config: Config,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    this.limit = config.rateLimit;
    this.policy = `"key";q=${this.limit};w=${WINDOW_SECONDS}`;
  }

  /**
   * Counts a request of a key. A secret address counts as a key and has its own id.
   *
   * @throws Problem `too_many_requests` with `Retry-After` when the window's requests are used up
   */
  async spend({ accountId, keyId }: Pick<Actor, 'accountId' | 'keyId'>, reply: Reply): Promise<void> {
    if (this.limit === 0 || keyId === null) return;
    let lease = this.current(keyId);
    while (!lease || (lease.left === 0 && lease.unleased > 0)) lease = await this.renewed(accountId, keyId);
    const seconds = Math.max(1, Math.ceil((lease.endsAt - performance.now()) / 1_000));
    const spent = lease.left === 0;
    if (!spent) lease.left -= 1;
    reply.header('ratelimit-policy', this.policy);
    reply.header('ratelimit', `"key";r=${lease.left + lease.unleased};t=${seconds}`);
    if (!spent) return;
    reply.header('retry-after', String(seconds));
    const detail = `This key may send ${this.limit} requests in ${WINDOW_SECONDS} s. Try again in ${seconds} s.`;
    throw new Problem('too_many_requests', detail);
  }

  private current(keyId: string): RateLease | null {
    const lease = this.leases.get(keyId);
    return lease && performance.now() < lease.endsAt ? lease : null;
  }

  /** One statement at a time for each key, however many requests wait for its result. */
  private renewed(accountId: string, keyId: string): Promise<RateLease> {
    const known = this.asking.get(keyId);
    if (known) return known;
    const asked = this.take(accountId, keyId).finally(() => this.asking.delete(keyId));
    this.asking.set(keyId, asked);
    return asked;
  }

  private async take(accountId: string, keyId: string): Promise<RateLease> {
    const wanted = Math.max(1, Math.floor(this.limit / SHARE));
    const window = { seconds: WINDOW_SECONDS, now: this.clock.forSql() };
    try {
      const [row] = await this.database.system<{ used: number; endsInMs: number }>(
        takeLease({ accountId, keyId, wanted, ...window }),
      );
      const { used = 0, endsInMs = 0 } = row ?? {};
      const left = Math.max(0, Math.min(wanted, this.limit - (used - wanted)));
      return this.keep(keyId, { left, unleased: Math.max(0, this.limit - used), endsAt: performance.now() + endsInMs });
    } catch (error) {
      this.log.warn('the rate of a key could not be counted', 'RateLimits', error);
      return { left: 1, unleased: 0, endsAt: performance.now() + 1_000 };
    }
  }

  private keep(keyId: string, lease: RateLease): RateLease {
    this.leases.set(keyId, lease);
    return lease;
  }
}
