import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '../../clock/clock.js';
import { Config } from '../../config/config.js';
import { Database } from '../../database/database.js';
import { hourly } from '../../jobs/hourly.js';
import { Ticker } from '../../jobs/ticker.js';
import { forgetEvents } from './retention.sql.js';

/** Deletes old events, a bounded number at a time; features can keep events that they still need. */
@Injectable()
export class EventsRetention implements OnModuleInit {
  private readonly needed: string[] = [];

  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
  ) {}

  onModuleInit(): void {
    this.ticker.add({ name: 'forget events', run: hourly(this.clock, () => this.forgetSome()) });
  }

  /** An event is kept while this condition is true: an SQL condition on the event `e`. */
  keepWhile(condition: string): void {
    this.needed.push(condition);
  }

  /** Deletes one batch; returns whether there may be more. */
  async forgetSome(): Promise<boolean> {
    const { eventRetentionDays: days } = this.config;
    if (days === 0) return false;
    const asked = { days, needed: this.needed, now: this.clock.forSql() };
    const [done] = await this.database.system<{ walked: number; deleted: number }>(forgetEvents(asked));
    return (done?.walked ?? 0) > 0 || (done?.deleted ?? 0) > 0;
  }
}
