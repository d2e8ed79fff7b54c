import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationShutdown } from '@nestjs/common';
import { newId } from '../../../kit/ids.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { Wakeups } from '../../../platform/database/wakeups.js';
import type { Result } from './acknowledge.sql.js';
import { Acknowledger } from './acknowledger.js';
import { cancelAbandoned, claimDue } from './claim.sql.js';
import type { Appetite, Claimed } from './claim.sql.js';
import { Endpoints } from './endpoints.js';
import type { Endpoint } from './endpoints.js';
import type { Outcome } from './exchange.js';
import type { Held } from './lane.js';
import { Lanes } from './lanes.js';
import { Sender } from './sender.js';
import { verdictOf } from './verdict.js';

/** Between the end of the longest attempt and the end of its lease: time enough to write the result down. */
const MARGIN_MS = 10_000;
/** How long a stop waits for attempts that are under way. */
const GRACE_MS = 10_000;

/** What one claim holds its deliveries by. */
interface Lease {
  readonly token: string;
  /** When it ends (`performance.now()`). */
  readonly leasedUntil: number;
}

/** A claimed delivery with all that its attempt needs. */
interface Parcel extends Claimed, Lease {
  readonly endpoint: Endpoint;
}

/**
 * Delivers what is due: claims a batch, sends it endpoint by endpoint outside of any transaction, reports the results,
 * and claims the next batch while this one is on its way.
 */
@Injectable()
export class Deliverer implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly lanes: Lanes<Parcel>;
  private readonly leaseMs: number;
  private readonly schedule: readonly number[];
  private stopping = false;
  private claiming: Promise<unknown> | null = null;
  private idle: (() => void)[] = [];

  constructor(
    private readonly database: Database,
    private readonly endpoints: Endpoints,
    private readonly sender: Sender,
    private readonly acknowledger: Acknowledger,
    private readonly clock: Clock,
    private readonly wakeups: Wakeups,
    private readonly config: Config,
  ) {
    const { concurrency, endpointConcurrency, timeoutMs, retrySchedule } = config.webhooks;
    this.lanes = new Lanes(concurrency, endpointConcurrency);
    this.leaseMs = 2 * timeoutMs + MARGIN_MS;
    this.schedule = retrySchedule;
  }

  /** Claims as much as there is room for and sets it going; answers how much that was, or null when there is no room. */
  async deliverDue(): Promise<number | null> {
    while (this.claiming) await this.claiming;
    const appetite = this.stopping ? null : this.lanes.appetite();
    if (!appetite) return null;
    const claim = this.claim(appetite).finally(() => (this.claiming = null));
    this.claiming = claim.catch(() => undefined);
    return claim;
  }

  /** Is there room for more of what the last claim left behind? */
  get isHungry(): boolean {
    return !this.stopping && this.lanes.isHungry();
  }

  /** Cancels what waits for endpoints that are disabled or deleted. */
  async cancelAbandoned(): Promise<number> {
    const [done] = await this.database.system<{ cancelled: number }>(cancelAbandoned(this.clock.forSql()));
    return done?.cancelled ?? 0;
  }

  /** Resolves when nothing that was claimed is left, and every result is written. */
  async settled(): Promise<void> {
    if (!this.lanes.isEmpty) await new Promise<void>((resolve) => this.idle.push(resolve));
    await this.acknowledger.settled();
  }

  /** Starts nothing more, gives back what has not begun, and lets the rest end within its grace. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.claiming;
    this.giveBackAll(this.lanes.drain());
    const grace = setTimeout(() => this.sender.interrupt(), GRACE_MS);
    await this.settled();
    clearTimeout(grace);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sender.close();
  }

  private async claim(appetite: Appetite): Promise<number> {
    const lease: Lease = { token: newId(), leasedUntil: performance.now() + this.leaseMs };
    const claimed = await this.database.system<Claimed>(
      claimDue(lease.token, this.leaseMs, appetite, this.clock.forSql()),
    );
    try {
      this.accept(claimed, await this.endpoints.of(claimed), lease, appetite);
    } catch (error) {
      for (const each of claimed) this.giveBack({ ...each, ...lease });
      throw error;
    }
    if (this.stopping) this.giveBackAll(this.lanes.drain());
    this.start();
    return claimed.length;
  }

  /** What has lost its endpoint meanwhile is given back, for cancelling. */
  private accept(claimed: Claimed[], endpoints: ReadonlyMap<string, Endpoint>, lease: Lease, appetite: Appetite): void {
    const startBefore = lease.leasedUntil - this.config.webhooks.timeoutMs - MARGIN_MS / 2;
    const held: Held<Parcel>[] = [];
    for (const each of claimed) {
      const endpoint = endpoints.get(each.webhookId);
      if (endpoint) held.push({ claimed: { ...each, ...lease, endpoint }, startBefore });
      else this.giveBack({ ...each, ...lease });
    }
    this.lanes.take(held, appetite);
  }

  private start(): void {
    for (let held = this.lanes.next(); held; held = this.lanes.next()) void this.attempt(held);
    if (!this.lanes.isEmpty) return;
    for (const tell of this.idle.splice(0)) tell();
  }

  private async attempt({ claimed: parcel, startBefore }: Held<Parcel>): Promise<void> {
    if (performance.now() > startBefore) {
      this.giveBack(parcel);
      this.finish(parcel, null);
      return;
    }
    const startedAt = this.clock.now();
    const { endpoint, id, body } = parcel;
    const outcome = endpoint.refusal
      ? refusedBefore(endpoint.refusal)
      : await this.sender.send(endpoint, { id, body, at: startedAt });
    this.conclude(parcel, outcome, startedAt);
    this.finish(parcel, outcome.durationMs);
  }

  private finish(parcel: Parcel, durationMs: number | null): void {
    this.giveBackAll(this.lanes.finished(parcel, durationMs));
    if (!this.claiming && this.lanes.isHungry([parcel.webhookId])) this.wakeups.arrived('deliveries');
    this.start();
  }

  private conclude(parcel: Parcel, outcome: Outcome, startedAt: Date): void {
    const { round, attempt } = parcel;
    const now = this.clock.now();
    const { state, delay, gone } = verdictOf(outcome, { round, schedule: this.schedule, now, random });
    this.report(parcel, gone, {
      state,
      delay,
      number: attempt,
      started_at: startedAt,
      duration_ms: outcome.durationMs,
      status_code: outcome.statusCode,
      error_code: outcome.errorCode,
      response: outcome.response,
    });
  }

  private giveBackAll(held: readonly Held<Parcel>[]): void {
    for (const { claimed } of held) this.giveBack(claimed);
  }

  /** The claim did not count: no attempt was made. */
  private giveBack(claimed: Claimed & Lease): void {
    this.report(claimed, false, { state: 'pending', delay: 0 });
  }

  private report(
    { accountId, id, webhookId, token, leasedUntil }: Claimed & Lease,
    gone: boolean,
    result: Omit<Result, 'account_id' | 'id' | 'token'>,
  ): void {
    const named = { account_id: accountId, id, token, ...result };
    this.acknowledger.report({ webhookId, gone, result: named, usefulUntil: leasedUntil });
  }
}

function random(): number {
  return randomInt(2 ** 32) / 2 ** 32;
}

function refusedBefore(errorCode: string): Outcome {
  return { statusCode: null, errorCode, retryAfter: null, response: null, durationMs: 0 };
}
