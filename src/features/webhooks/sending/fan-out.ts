import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Wakeups } from '../../../platform/database/wakeups.js';
import { DELIVERIES } from '../webhook.topics.js';
import { Deliverer } from './deliverer.js';
import { fanOut } from './fan-out.sql.js';
import type { Spread } from './fan-out.sql.js';

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

/** Turns events into deliveries. */
@Injectable()
export class FanOut {
  private perEvent = MOST_EVENTS / FIRST_EVENTS;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly wakeups: Wakeups,
    private readonly deliverer: Deliverer,
  ) {}

  /** Fans out one batch. Returns whether there may be more. */
  async fanOut(): Promise<boolean> {
    await this.deliverer.room(PATIENCE_MS);
    const { again, left } = await this.deliverer.holdNew(async ({ most, ...hold }) => {
      const limit = Math.min(this.limit, most);
      const rows = await this.database.system<Spread>(fanOut(limit, hold, this.clock.forSql()));
      const claimed = rows.filter(({ id }) => id !== null);
      const { events = 0, deliveries = 0 } = rows[0] ?? {};
      if (events > 0) this.perEvent = deliveries / events;
      return { answer: { events, again: events === limit, left: deliveries > claimed.length }, claimed };
    });
    if (left) this.wakeups.signal(DELIVERIES);
    return again;
  }

  private get limit(): number {
    return Math.min(MOST_EVENTS, Math.max(1, Math.floor(MOST_DELIVERIES / Math.max(1, this.perEvent))));
  }
}
