import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Wakeups } from '../../../platform/database/wakeups.js';
import { fanOut } from './fan-out.sql.js';

const MOST_EVENTS = 1_000;
/** About how many rows one statement may make, which is 40 ms of work: 50 endpoints multiply each event by 50. */
const MOST_DELIVERIES = 1_000;
/** What the first batch takes, before anything is known. */
const FIRST_EVENTS = 100;

/** Turns events into deliveries. */
@Injectable()
export class FanOut {
  private limit = FIRST_EVENTS;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly wakeups: Wakeups,
  ) {}

  /** Fans out one batch; says whether there may be more. */
  async fanOut(): Promise<boolean> {
    const { limit } = this;
    const [done] = await this.database.system<{ events: number; deliveries: number }>(
      fanOut(limit, this.clock.forSql()),
    );
    const { events = 0, deliveries = 0 } = done ?? {};
    if (deliveries > 0) this.wakeups.signal('deliveries');
    if (events > 0) this.limit = nextLimit(deliveries / events);
    return events === limit;
  }
}

function nextLimit(deliveriesPerEvent: number): number {
  return Math.min(MOST_EVENTS, Math.max(1, Math.floor(MOST_DELIVERIES / Math.max(1, deliveriesPerEvent))));
}
