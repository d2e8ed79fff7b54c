import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '../../clock/clock.js';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { hourly } from '../../jobs/hourly.js';
import type { Portion, SharedJob } from '../../jobs/shared-job.js';
import { SharedWork } from '../../jobs/shared-work.js';
import { Ticker } from '../../jobs/ticker.js';
import { FORGET_EVENTS, findOldEvents, forgetEvents } from './retention.sql.js';
import type { Forgetting } from './retention.sql.js';

/** Deletes old events, a bounded number at a time; features can keep events that they still need. */
@Injectable()
export class EventsRetention implements OnModuleInit {
  private readonly needed: string[] = [];
  private readonly job: SharedJob = {
    name: FORGET_EVENTS,
    noun: 'account',
    find: (wanted) => findOldEvents(this.asked, wanted),
    some: (portions, patienceMs) => this.forget(patienceMs, portions),
  };

  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
    private readonly shared: SharedWork,
  ) {}

  onModuleInit(): void {
    this.shared.register(this.job);
    this.ticker.add({ name: FORGET_EVENTS, run: hourly(this.clock, () => this.forgetSome()) });
  }

  /** An event is kept while this condition is true: an SQL condition on the event `e`. */
  keepWhile(condition: string): void {
    this.needed.push(condition);
  }

  /** Deletes one batch; returns whether there may be more. */
  async forgetSome(): Promise<boolean> {
    if (this.config.eventRetentionDays === 0) return false;
    const more = await this.shared.whole(this.job, (patienceMs) => this.forget(patienceMs));
    return more ?? true;
  }

  private async forget(patienceMs: number, portions?: readonly Portion[]): Promise<boolean> {
    const statement = forgetEvents(this.asked, portions);
    const [done] = await this.database.system<{ walked: number; deleted: number }>(statement, patienceMs);
    return (done?.walked ?? 0) > 0 || (done?.deleted ?? 0) > 0;
  }

  private get asked(): Forgetting {
    return { days: this.config.eventRetentionDays, needed: this.needed, now: this.clock.forSql() };
  }
}
