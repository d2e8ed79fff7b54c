import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { newId } from '../../../kit/ids.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { SchemaAge } from '../../../platform/database/schema-age.js';
import { Wakeups } from '../../../platform/database/wakeups.js';
import { FairShare } from '../../../platform/jobs/fair-share.js';
import type { Portion, SharedJob } from '../../../platform/jobs/shared-job.js';
import { SharedWork } from '../../../platform/jobs/shared-work.js';
import { DELIVERIES } from '../webhook.topics.js';
import type { Hold } from './claim.sql.js';
import { Deliverer } from './deliverer.js';
import { FAN_OUT, costlyOutboxes, fanOut, findOutbox } from './fan-out.sql.js';
import type { Spread, Taking } from './fan-out.sql.js';
import { NO_APPETITE } from './parcel.js';

const MOST_EVENTS = 1_000;
/** About how many rows one statement may create, which takes 40 ms: with 50 endpoints, each event becomes 50 rows. */
const MOST_DELIVERIES = 1_000;
/** The size of the first batch, when the number of endpoints is not known yet. */
const FIRST_EVENTS = 100;
/**
 * While endpoints are busy, a batch waits this long for room, because a delivery that is claimed when it is created
 * costs half as much as one that is claimed later. Then it is created in any case, for the endpoints that are not busy.
 */
const PATIENCE_MS = 100;
/** How much costly filters may compare in one statement, in letters: about a third of a second. */
const COSTLY_TURN = 300_000;

/** Turns events into deliveries. */
@Injectable()
export class FanOut implements OnModuleInit {
  private perEvent = MOST_EVENTS / FIRST_EVENTS;
  private readonly share = new FairShare();
  private readonly job: SharedJob = {
    name: FAN_OUT,
    noun: 'event',
    find: findOutbox,
    some: (portions, patienceMs) => this.fanOutSome(portions, patienceMs),
  };

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly wakeups: Wakeups,
    private readonly deliverer: Deliverer,
    private readonly shared: SharedWork,
    private readonly schema: SchemaAge,
  ) {}

  onModuleInit(): void {
    this.shared.register(this.job);
  }

  /** Fans out one batch. Returns whether there may be more. */
  async fanOut(): Promise<boolean> {
    await this.deliverer.room(PATIENCE_MS);
    const again = await this.shared.whole(this.job, (patienceMs) => this.fanOutShared(patienceMs));
    return again ?? true;
  }

  /** A turn of each account whose filters are costly. They have nothing to do with each other. */
  async fanOutCostly(): Promise<boolean> {
    let left = false;
    for (const { accountId, cost } of await this.database.system<{ accountId: string; cost: number }>(
      costlyOutboxes(),
    )) {
      const atOnce = Math.max(1, Math.floor(COSTLY_TURN / cost));
      left = (await this.shared.turnOf(this.job, accountId, atOnce)) || left;
    }
    return left;
  }

  private async fanOutShared(patienceMs: number): Promise<boolean> {
    const { again, left } = await this.deliverer.holdNew(async ({ most, ...hold }) => {
      const limit = Math.min(this.limit, most);
      const leavesUnknown = await this.schema.isNewer();
      const others = this.share.othersOf(limit);
      const greedy = others > 0 ? this.share.accounts : [];
      const taking = { limit, portions: null, greedy, others, leavesUnknown };
      const rows = await this.spread(taking, hold, patienceMs);
      const claimed = rows.filter(({ id }) => id !== null);
      const { events = 0, deliveries = 0, accounts = null } = rows[0] ?? {};
      if (events > 0) this.perEvent = deliveries / events;
      this.share.note(
        (accounts?.split(',') ?? []).map((accountId) => ({ accountId })),
        limit,
        others,
      );
      return { answer: { events, again: events === limit, left: deliveries > claimed.length }, claimed };
    });
    if (left) this.wakeups.signal(DELIVERIES);
    return again;
  }

  /** What is done apart is not claimed at once: it waits in the lanes of its endpoints. */
  private async fanOutSome(portions: readonly Portion[], patienceMs: number): Promise<void> {
    const leavesUnknown = await this.schema.isNewer();
    const hold = { token: newId(), leaseMs: 0, appetite: NO_APPETITE };
    const rows = await this.spread(
      { limit: portions.length, portions, greedy: [], others: 0, leavesUnknown },
      hold,
      patienceMs,
    );
    if ((rows[0]?.deliveries ?? 0) > 0) this.wakeups.signal(DELIVERIES);
  }

  private spread(taking: Taking, hold: Hold, patienceMs: number): Promise<Spread[]> {
    const statement = fanOut(taking, hold, this.clock.forSql());
    return this.database.system<Spread>(statement, patienceMs);
  }

  private get limit(): number {
    return Math.min(MOST_EVENTS, Math.max(1, Math.floor(MOST_DELIVERIES / Math.max(1, this.perEvent))));
  }
}
