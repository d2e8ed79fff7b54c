import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { hourly } from '../../../platform/jobs/hourly.js';
import type { Portion, SharedJob } from '../../../platform/jobs/shared-job.js';
import { SharedWork } from '../../../platform/jobs/shared-work.js';
import { Ticker } from '../../../platform/jobs/ticker.js';
import { FORGET_IMPORTS, findOldImports, forgetImports } from './retention.sql.js';

/** Each has up to a file's worth of rows, which go with it. */
const AT_ONCE = 10;

/** Deletes old imports, with the rows of their reports. */
@Injectable()
export class ImportsRetention implements OnModuleInit {
  private readonly job: SharedJob = {
    name: FORGET_IMPORTS,
    noun: 'import',
    find: (wanted) => findOldImports(this.clock.forSql(), wanted),
    some: (portions, patienceMs) => this.forget(patienceMs, portions),
  };

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
    private readonly shared: SharedWork,
  ) {}

  onModuleInit(): void {
    this.shared.register(this.job);
    this.ticker.add({ name: FORGET_IMPORTS, run: hourly(this.clock, () => this.forgetSome()) });
  }

  /** Deletes one batch. Returns whether there may be more. */
  async forgetSome(): Promise<boolean> {
    const gone = await this.shared.whole(this.job, (patienceMs) => this.forget(patienceMs));
    return gone === null || gone === AT_ONCE;
  }

  private async forget(patienceMs: number, portions?: readonly Portion[]): Promise<number> {
    const statement = forgetImports(this.clock.forSql(), AT_ONCE, portions);
    const [done] = await this.database.systemWrite((run) => run<{ gone: number }>(statement), patienceMs);
    return done?.gone ?? 0;
  }
}
