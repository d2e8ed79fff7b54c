import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { EventsRetention } from '../../../platform/events/retention/events-retention.js';
import { hourly } from '../../../platform/jobs/hourly.js';
import type { Portion, SharedJob } from '../../../platform/jobs/shared-job.js';
import { SharedWork } from '../../../platform/jobs/shared-work.js';
import { Ticker } from '../../../platform/jobs/ticker.js';
import { DELIVERED, FORGET_DELIVERIES, findOldDeliveries, forgetDeliveries } from './retention.sql.js';

/** Deletes old deliveries. An event is kept as long as a delivery of it exists. */
@Injectable()
export class DeliveriesRetention implements OnModuleInit {
  private readonly job: SharedJob = {
    name: FORGET_DELIVERIES,
    noun: 'account',
    find: (wanted) => findOldDeliveries(this.config.webhooks.retentionDays, this.clock.forSql(), wanted),
    some: (portions, patienceMs) => this.forget(patienceMs, portions),
  };

  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
    private readonly events: EventsRetention,
    private readonly shared: SharedWork,
  ) {}

  onModuleInit(): void {
    this.events.keepWhile(DELIVERED);
    this.shared.register(this.job);
    this.ticker.add({ name: FORGET_DELIVERIES, run: hourly(this.clock, () => this.forgetSome()) });
  }

  /** Deletes one batch. Returns whether there may be more. */
  async forgetSome(): Promise<boolean> {
    if (this.config.webhooks.retentionDays === 0) return false;
    const deleted = await this.shared.whole(this.job, (patienceMs) => this.forget(patienceMs));
    return deleted === null || deleted > 0;
  }

  private async forget(patienceMs: number, portions?: readonly Portion[]): Promise<number> {
    const statement = forgetDeliveries(this.config.webhooks.retentionDays, this.clock.forSql(), portions);
    const [done] = await this.database.system<{ deleted: number }>(statement, patienceMs);
    return done?.deleted ?? 0;
  }
}
