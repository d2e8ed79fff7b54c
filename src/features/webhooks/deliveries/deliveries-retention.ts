import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { EventsRetention } from '../../../platform/events/retention/events-retention.js';
import { hourly } from '../../../platform/jobs/hourly.js';
import { Ticker } from '../../../platform/jobs/ticker.js';
import { DELIVERED, forgetDeliveries } from './retention.sql.js';

/** Deletes old deliveries. An event is kept as long as a delivery of it exists. */
@Injectable()
export class DeliveriesRetention implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
    private readonly events: EventsRetention,
  ) {}

  onModuleInit(): void {
    this.events.keepWhile(DELIVERED);
    this.ticker.add({ name: 'forget deliveries', run: hourly(this.clock, () => this.forgetSome()) });
  }

  /** Deletes one batch. Returns whether there may be more. */
  async forgetSome(): Promise<boolean> {
    const { retentionDays } = this.config.webhooks;
    if (retentionDays === 0) return false;
    const [done] = await this.database.system<{ deleted: number }>(
      forgetDeliveries(retentionDays, this.clock.forSql()),
    );
    return (done?.deleted ?? 0) > 0;
  }
}
