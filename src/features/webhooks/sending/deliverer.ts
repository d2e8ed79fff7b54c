import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationShutdown } from '@nestjs/common';
import { newId } from '../../../kit/ids.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { Wakeups } from '../../../platform/database/wakeups.js';
import { EventActions } from '../../../platform/events/event-actions.js';
import type { Result } from './acknowledge.sql.js';
import { Acknowledger } from './acknowledger.js';
import { cancelAbandoned, claimDue } from './claim.sql.js';
import type { Appetite, Claimed, Wishes } from './claim.sql.js';
import { Endpoints } from './endpoints.js';
import type { Endpoint } from './endpoints.js';
import type { Outcome } from './exchange.js';
import { Lanes } from './lanes.js';
import { messageOf } from './message-of.js';
import { Sender } from './sender.js';
import { verdictOf } from './verdict.js';

/** Between the end of the longest attempt and the end of its lease: time enough to write the result down. */
const MARGIN_MS = 10_000;
/** How long a stop waits for attempts that are under way. */
const GRACE_MS = 10_000;

/** What one claim holds its deliveries by. */
interface Lease {
  readonly token: string;
  /** From then on an attempt could outlast the lease (`performance.now()`). */
  readonly startBefore: number;
  /** From then on the deliveries are anyone's (`performance.now()`). */
  readonly endsAt: number;
}

interface Leased {
  readonly claimed: Claimed;
  readonly lease: Lease;
}

/** A claimed delivery with all that its attempt needs. */
interface Parcel extends Leased {
  readonly endpoint: Endpoint;
  readonly wishes: Wishes | null;
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
    private readonly actions: EventActions,
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
    const lease = this.newLease();
    const claimed = await this.database.system<Claimed>(
      claimDue(lease.token, this.leaseMs, appetite, this.clock.forSql()),
    );
    try {
      this.accept(claimed, await this.endpoints.of(claimed), lease, appetite);
    } catch (error) {
      for (const each of claimed) this.giveBack({ claimed: each, lease });
      throw error;
    }
    if (this.stopping) this.giveBackAll(this.lanes.drain());
    this.start();
    return claimed.length;
  }

  /** Its end is reckoned from before the claim, so it is never later here than in the database. */
  private newLease(): Lease {
    const endsAt = performance.now() + this.leaseMs;
    return { token: newId(), startBefore: endsAt - this.config.webhooks.timeoutMs - MARGIN_MS / 2, endsAt };
  }

  /** What has lost its endpoint meanwhile is given back, for cancelling. */
  private accept(claimed: Claimed[], endpoints: ReadonlyMap<string, Endpoint>, lease: Lease, appetite: Appetite): void {
    const parcels: Parcel[] = [];
    const wishes = new Map(claimed.flatMap(({ webhookId, wishes }) => (wishes ? [[webhookId, wishes] as const] : [])));
    for (const each of claimed) {
      const endpoint = endpoints.get(each.webhookId);
      if (endpoint) parcels.push({ claimed: each, lease, endpoint, wishes: wishes.get(each.webhookId) ?? null });
      else this.giveBack({ claimed: each, lease });
    }
    this.lanes.take(parcels, appetite);
  }

  private start(): void {
    while (!this.stopping) {
      const parcel = this.lanes.next();
      if (!parcel) break;
      void this.attempt(parcel);
    }
    if (!this.lanes.isEmpty) return;
    for (const tell of this.idle.splice(0)) tell();
  }

  private async attempt(parcel: Parcel): Promise<void> {
    const { lease } = parcel;
    if (performance.now() > lease.startBefore) {
      this.giveBack(parcel);
      this.finish(parcel, null);
      return;
    }
    const at = this.clock.now();
    const outcome = await this.send(parcel, at);
    this.conclude(parcel, outcome, at);
    this.finish(parcel, outcome.durationMs);
  }

  private async send({ claimed, endpoint, wishes }: Parcel, at: Date): Promise<Outcome> {
    if (endpoint.refusal) return refusedBefore(endpoint.refusal);
    const message = messageOf(claimed, wishes, this.actions);
    if (!message) return refusedBefore('template_failed');
    return this.sender.send(endpoint, { ...message, id: claimed.id, at });
  }

  private finish(parcel: Parcel, durationMs: number | null): void {
    this.giveBackAll(this.lanes.finished(parcel, durationMs));
    const { webhookId } = parcel.claimed;
    if (!this.claiming && this.lanes.isHungry([webhookId])) this.wakeups.arrived('deliveries');
    this.start();
  }

  private conclude(parcel: Parcel, outcome: Outcome, startedAt: Date): void {
    const { round, attempt } = parcel.claimed;
    const now = this.clock.now();
    const slack = parcel.wishes?.format === 'slack';
    const { state, delay, gone } = verdictOf(outcome, { round, schedule: this.schedule, now, random, slack });
    this.report(parcel, { state, delay, attempt: { number: attempt, startedAt, outcome } }, gone);
  }

  private giveBackAll(parcels: readonly Parcel[]): void {
    for (const parcel of parcels) this.giveBack(parcel);
  }

  /** The claim did not count: no attempt was made. */
  private giveBack(claimed: Leased): void {
    this.report(claimed, { state: 'pending', delay: 0, attempt: null });
  }

  private report({ claimed, lease }: Leased, end: Pick<Result, 'state' | 'delay' | 'attempt'>, gone = false): void {
    const { accountId, id, webhookId } = claimed;
    const { state, delay, attempt } = end;
    const result = { accountId, id, token: lease.token, state, delay, attempt };
    this.acknowledger.report({ webhookId, gone, result, usefulUntil: lease.endsAt });
  }
}

function random(): number {
  return randomInt(2 ** 32) / 2 ** 32;
}

function refusedBefore(errorCode: string): Outcome {
  return { statusCode: null, errorCode, retryAfter: null, response: null, durationMs: 0 };
}
