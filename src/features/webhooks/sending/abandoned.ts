import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Portion, SharedJob } from '../../../platform/jobs/shared-job.js';
import { SharedWork } from '../../../platform/jobs/shared-work.js';
import { CANCEL, cancelAbandoned, findLanes } from './claim.sql.js';

/** Deliveries that wait for endpoints that are disabled or deleted. */
@Injectable()
export class Abandoned implements OnModuleInit {
  private readonly job: SharedJob = {
    name: CANCEL,
    noun: 'webhook',
    find: (wanted) => findLanes(CANCEL, wanted),
    some: (portions, patienceMs) => this.cancelSome(patienceMs, portions),
  };

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly shared: SharedWork,
  ) {}

  onModuleInit(): void {
    this.shared.register(this.job);
  }

  /** Cancels a batch of them. Returns how many. */
  async cancel(): Promise<number> {
    return (await this.shared.whole(this.job, (patienceMs) => this.cancelSome(patienceMs))) ?? 0;
  }

  private async cancelSome(patienceMs: number, portions?: readonly Portion[]): Promise<number> {
    const statement = cancelAbandoned(this.clock.forSql(), portions);
    const [done] = await this.database.system<{ cancelled: number }>(statement, patienceMs);
    return done?.cancelled ?? 0;
  }
}
