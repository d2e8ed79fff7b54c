import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationShutdown } from '@nestjs/common';
import { newId } from '../../../kit/ids.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { Wakeups } from '../../../platform/database/wakeups.js';
import { EventActions } from '../../../platform/events/event-actions.js';
import { DELIVERIES } from '../webhook.topics.js';
import type { Result } from './acknowledge.sql.js';
import { Acknowledger } from './acknowledger.js';
import { cancelAbandoned, claimDue } from './claim.sql.js';
import type { Appetite, ClaimRow, Claimed, Hold } from './claim.sql.js';
import { Endpoints } from './endpoints.js';
import type { Endpoint } from './endpoints.js';
import type { Outcome } from './exchange.js';
import { Lanes } from './lanes.js';
import { messageOf } from './message-of.js';
import { NO_APPETITE } from './parcel.js';
import type { Held, Lease, Leased, Made, Parcel, Take } from './parcel.js';
import { RoomWatch } from './room-watch.js';
import { Sender } from './sender.js';
import { verdictOf } from './verdict.js';

/** Between the end of the longest attempt and the end of its lease: time enough to write the result down. */
const MARGIN_MS = 10_000;
/** How long a stop waits for attempts that are under way. */
const GRACE_MS = 10_000;

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
  private turn: Date | null = null;
  private readonly roomWatch: RoomWatch;

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
    this.roomWatch = new RoomWatch(() => this.lanes.hasRoomForNew());
    this.leaseMs = 2 * timeoutMs + MARGIN_MS;
    this.schedule = retrySchedule;
  }

  /** Claims as much as there is room for and sets it going; answers how much that was, or null when there is no room. */
  async deliverDue(): Promise<number | null> {
    while (this.claiming) await this.claiming;
    const appetite = this.stopping ? null : this.lanes.appetite();
    if (!appetite) return null;
    return this.hold(
      appetite,
      (batch) => this.lanes.take(batch, appetite),
      async (hold) => {
        const rows = await this.database.system<ClaimRow>(claimDue(hold, this.clock.forSql()));
        this.noteTurn(rows[0]?.againInMs ?? null);
        const claimed = rows.filter(({ id }) => id !== null);
        return { answer: claimed.length, claimed };
      },
    );
  }

  /** Lets a statement that makes deliveries hold what there is room for, and sets that going. */
  async holdNew(make: (hold: Hold & { most: number }) => Promise<Held<Made>>): Promise<Made> {
    while (this.claiming) await this.claiming;
    const { most, ...appetite } = this.stopping ? NO_APPETITE : this.lanes.appetiteForNew();
    const take: Take<Made> = (batch, made) => this.lanes.takeNew(batch, appetite, made);
    return this.hold(appetite, take, (hold) => make({ ...hold, most }));
  }

  /** Resolves when there is room for new deliveries, at the latest after `patience` milliseconds. */
  async room(patience: number): Promise<void> {
    if (!this.stopping) await this.roomWatch.wait(patience);
  }

  /** Is there room for more of what the last claim left behind? */
  get isHungry(): boolean {
    return !this.stopping && this.lanes.isHungry();
  }

  /** When endpoints with a throttle may go on, by the last claim; null when none waits. */
  get nextTurn(): Date | null {
    return this.stopping ? null : this.turn;
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

  /** One at a time: two that hold at once would both count on the same room. */
  private hold<T>(appetite: Appetite, take: Take<T>, make: (hold: Hold) => Promise<Held<T>>): Promise<T> {
    const holding = this.holdNow(appetite, take, make).finally(() => (this.claiming = null));
    this.claiming = holding.catch(() => undefined);
    return holding;
  }

  private async holdNow<T>(appetite: Appetite, take: Take<T>, make: (hold: Hold) => Promise<Held<T>>): Promise<T> {
    const lease = this.newLease();
    const { answer, claimed } = await make({ token: lease.token, leaseMs: this.leaseMs, appetite });
    try {
      take(this.parcels(claimed, await this.endpoints.of(claimed), lease), answer);
    } catch (error) {
      for (const each of claimed) this.giveBack({ claimed: each, lease });
      throw error;
    }
    if (this.stopping) this.giveBackAll(this.lanes.drain());
    this.start();
    return answer;
  }

  /** Its end is reckoned from before the claim, so it is never later here than in the database. */
  private newLease(): Lease {
    const endsAt = performance.now() + this.leaseMs;
    return { token: newId(), startBefore: endsAt - this.config.webhooks.timeoutMs - MARGIN_MS / 2, endsAt };
  }

  /** What has lost its endpoint meanwhile is given back, for cancelling; what has lost its event is cancelled here. */
  private parcels(claimed: Claimed[], endpoints: ReadonlyMap<string, Endpoint>, lease: Lease): Parcel[] {
    const parcels: Parcel[] = [];
    const wishes = new Map(claimed.flatMap(({ webhookId, wishes }) => (wishes ? [[webhookId, wishes] as const] : [])));
    for (const each of claimed) {
      const endpoint = endpoints.get(each.webhookId);
      const { body } = each;
      if (body === null) this.report({ claimed: each, lease }, { state: 'cancelled', delay: 0, attempt: null });
      else if (!endpoint) this.giveBack({ claimed: each, lease });
      else parcels.push({ claimed: each, lease, endpoint, body, wishes: wishes.get(each.webhookId) ?? null });
    }
    return parcels;
  }

  private start(): void {
    while (!this.stopping) {
      const parcel = this.lanes.next();
      if (!parcel) break;
      this.attempt(parcel);
    }
    if (!this.lanes.isEmpty) return;
    for (const tell of this.idle.splice(0)) tell();
  }

  private attempt(parcel: Parcel): void {
    const { lease } = parcel;
    if (performance.now() > lease.startBefore) {
      this.giveBack(parcel);
      this.finish(parcel, null);
      return;
    }
    const at = this.clock.now();
    void this.send(parcel, at).then((outcome) => {
      this.conclude(parcel, outcome, at);
      this.finish(parcel, outcome.durationMs);
    });
  }

  private send({ claimed, body, endpoint, wishes }: Parcel, at: Date): Promise<Outcome> {
    if (endpoint.refusal) return Promise.resolve(refusedBefore(endpoint.refusal));
    const { accountId, id, eventId } = claimed;
    const message = messageOf({ accountId, id, eventId, body }, wishes, this.actions);
    if (!message) return Promise.resolve(refusedBefore('template_failed'));
    return this.sender.send(endpoint, { ...message, id, at });
  }

  private finish(parcel: Parcel, durationMs: number | null): void {
    this.giveBackAll(this.lanes.finished(parcel, durationMs));
    const { webhookId } = parcel.claimed;
    if (!this.claiming && this.lanes.isHungry([webhookId])) this.wakeups.arrived(DELIVERIES);
    this.roomWatch.look();
    this.start();
  }

  private conclude(parcel: Parcel, outcome: Outcome, startedAt: Date): void {
    const { step, attempt } = parcel.claimed;
    const now = this.clock.now();
    const slack = parcel.wishes?.format === 'slack';
    const { state, delay, gone } = verdictOf(outcome, { step, schedule: this.schedule, now, random, slack });
    this.report(parcel, { state, delay, attempt: { number: attempt, startedAt, outcome } }, gone);
  }

  private noteTurn(inMs: number | null): void {
    this.turn = inMs === null ? null : new Date(this.clock.now().getTime() + inMs);
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
