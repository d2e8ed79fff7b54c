import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { Wakeups } from '../../../platform/database/wakeups.js';
import type { Portion, SharedJob } from '../../../platform/jobs/shared-job.js';
import { SharedWork } from '../../../platform/jobs/shared-work.js';
import { DELIVERIES } from '../webhook.topics.js';
import type { Result } from './acknowledge.sql.js';
import { Acknowledger } from './acknowledger.js';
import { DELIVER, claimDue, findLanes } from './claim.sql.js';
import type { Appetite, ClaimRow, Claimed, Hold } from './claim.sql.js';
import { Endpoints } from './endpoints.js';
import type { Endpoint } from './endpoints.js';
import type { Outcome } from './exchange.js';
import { Lanes } from './lanes.js';
import { NO_APPETITE, leaseOf } from './parcel.js';
import type { Held, Lease, Leased, Made, Parcel, Take } from './parcel.js';
import { RoomWatch } from './room-watch.js';
import { Outgoing } from './outgoing.js';
import { random, verdictOf } from './verdict.js';

/** Between the longest attempt and the end of its lease: enough time to write the result. */
const MARGIN_MS = 10_000;
/** How long a shutdown waits for attempts that are under way. */
const GRACE_MS = 10_000;

/**
 * Sends deliveries that are due: claims a batch, sends it endpoint by endpoint outside of any transaction, reports the
 * results, and claims the next batch while this one is being sent.
 */
@Injectable()
export class Deliverer implements OnModuleInit, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly lanes: Lanes<Parcel>;
  private readonly leaseMs: number;
  private readonly schedule: readonly number[];
  private stopping = false;
  private claiming: Promise<unknown> | null = null;
  private idle: (() => void)[] = [];
  private turn: Date | null = null;
  private readonly roomWatch: RoomWatch;
  private readonly job: SharedJob = {
    name: DELIVER,
    noun: 'webhook',
    find: (wanted) => findLanes(DELIVER, wanted),
    some: (portions, patienceMs) => this.claimSome(portions, patienceMs),
  };

  constructor(
    private readonly database: Database,
    private readonly endpoints: Endpoints,
    private readonly outgoing: Outgoing,
    private readonly acknowledger: Acknowledger,
    private readonly clock: Clock,
    private readonly wakeups: Wakeups,
    private readonly config: Config,
    private readonly shared: SharedWork,
  ) {
    const { concurrency, endpointConcurrency, timeoutMs, retrySchedule } = config.webhooks;
    this.lanes = new Lanes(concurrency, endpointConcurrency);
    this.roomWatch = new RoomWatch(() => this.lanes.hasRoomForNew());
    this.leaseMs = 2 * timeoutMs + MARGIN_MS;
    this.schedule = retrySchedule;
  }

  onModuleInit(): void {
    this.shared.register(this.job);
  }

  /** Claims as many deliveries as there is room for and starts them. Returns how many, or null when there is no room. */
  async deliverDue(): Promise<number | null> {
    while (this.claiming) await this.claiming;
    const appetite = this.stopping ? null : this.lanes.appetite();
    if (!appetite) return null;
    return this.shared.whole(this.job, (patienceMs) => this.claim(appetite, patienceMs));
  }

  private claim(appetite: Appetite, patienceMs: number, portions?: readonly Portion[]): Promise<number> {
    return this.hold(
      appetite,
      (batch) => this.lanes.take(batch, appetite),
      async (hold) => {
        const statement = claimDue(hold, this.clock.forSql(), portions);
        const rows = await this.database.system<ClaimRow>(statement, patienceMs);
        this.noteTurn(rows[0]?.againInMs ?? null);
        const claimed = rows.filter(({ id }) => id !== null);
        return { answer: claimed.length, claimed };
      },
    );
  }

  /** Without room nothing is claimed, and what fails to be claimed fails. */
  private async claimSome(portions: readonly Portion[], patienceMs: number): Promise<void> {
    while (this.claiming) await this.claiming;
    const appetite = this.stopping ? null : this.lanes.appetite();
    await this.claim(appetite ?? NO_APPETITE, patienceMs, portions);
  }

  /** Lets a statement that creates deliveries claim as many as there is room for, and starts them. */
  async holdNew(make: (hold: Hold & { most: number }) => Promise<Held<Made>>): Promise<Made> {
    while (this.claiming) await this.claiming;
    const { most, ...appetite } = this.stopping ? NO_APPETITE : this.lanes.appetiteForNew();
    const take: Take<Made> = (batch, made) => this.lanes.takeNew(batch, appetite, made);
    return this.hold(appetite, take, (hold) => make({ ...hold, most }));
  }

  /** Resolves when there is room for new deliveries, after `patience` milliseconds at the latest. */
  async room(patience: number): Promise<void> {
    if (!this.stopping) await this.roomWatch.wait(patience);
  }

  /** Whether there is room for more of what the last claim left. */
  get isHungry(): boolean {
    return !this.stopping && this.lanes.isHungry();
  }

  /** When endpoints with a throttle may continue, by the last claim; null when none waits. */
  get nextTurn(): Date | null {
    return this.stopping ? null : this.turn;
  }

  /** Resolves when no claimed delivery is left and every result is written. */
  async settled(): Promise<void> {
    if (!this.lanes.isEmpty) await new Promise<void>((resolve) => this.idle.push(resolve));
    await this.acknowledger.settled();
  }

  /** Starts nothing more, releases what has not begun, and waits for the rest for a limited time. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.claiming;
    this.giveBackAll(this.lanes.drain());
    const grace = setTimeout(() => this.outgoing.interrupt(), GRACE_MS);
    await this.settled();
    clearTimeout(grace);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.outgoing.close();
  }

  /** One claim at a time: two concurrent claims would both count on the same room. */
  private hold<T>(appetite: Appetite, take: Take<T>, make: (hold: Hold) => Promise<Held<T>>): Promise<T> {
    const holding = this.holdNow(appetite, take, make).finally(() => (this.claiming = null));
    this.claiming = holding.catch(() => undefined);
    return holding;
  }

  private async holdNow<T>(appetite: Appetite, take: Take<T>, make: (hold: Hold) => Promise<Held<T>>): Promise<T> {
    const lease = leaseOf(this.leaseMs, this.config.webhooks.timeoutMs + MARGIN_MS / 2);
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

  /**
   * A delivery whose endpoint is gone is released, to be cancelled by the job. A delivery whose event is gone is
   * cancelled here.
   */
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
    void this.outgoing.send(parcel, at).then((outcome) => {
      this.conclude(parcel, outcome, at);
      this.finish(parcel, outcome.durationMs);
    });
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

  /** Releases a claim: no attempt was made, and it does not count. */
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
