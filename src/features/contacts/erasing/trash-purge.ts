import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { hourly } from '../../../platform/jobs/hourly.js';
import { byAccount } from '../../../platform/jobs/shared-job.js';
import type { Portion, SharedJob } from '../../../platform/jobs/shared-job.js';
import { SharedWork } from '../../../platform/jobs/shared-work.js';
import { Ticker } from '../../../platform/jobs/ticker.js';
import { InstallationService } from '../../accounts/installation.service.js';
import { Circle } from '../circles/circle.entity.js';
import { findOldTrash, oldTrashAmong } from './erasing.sql.js';
import { Removal } from './removal.service.js';

/** What hangs on each is deleted with it. */
const AT_ONCE = 20;

interface Trash {
  readonly job: SharedJob;
  readonly table: string;
  readonly purge: (tx: Tx, ids: readonly string[]) => Promise<void>;
}

/** Deletes for good what has been in the trash for 30 days. */
@Injectable()
export class TrashPurge implements OnModuleInit {
  private readonly trash: readonly Trash[] = [
    this.trashOf('contact', 'contacts', (tx, ids) => this.removal.purge(tx, ids)),
    this.trashOf('circle', 'circles', (tx, ids) => this.removal.forGood(tx, Circle, ids)),
  ];

  constructor(
    private readonly database: Database,
    private readonly installation: InstallationService,
    private readonly removal: Removal,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
    private readonly shared: SharedWork,
  ) {}

  onModuleInit(): void {
    for (const { job } of this.trash) this.shared.register(job);
    this.ticker.add({ name: 'purge trash', run: hourly(this.clock, () => this.purgeSome()) });
  }

  /** Purges a batch of each kind. Returns whether there may be more. */
  async purgeSome(): Promise<boolean> {
    let more = false;
    for (const { job } of this.trash) {
      const found = await this.database.system<Portion>(job.find({ accountId: null, most: AT_ONCE }));
      if (found.length > 0) await this.shared.whole(job, (patienceMs) => job.some(found, patienceMs));
      more = more || found.length === AT_ONCE;
    }
    return more;
  }

  private trashOf(noun: string, table: string, purge: Trash['purge']): Trash {
    const name = `purge ${noun}s`;
    const find: SharedJob['find'] = (wanted) => findOldTrash(name, table, this.clock.forSql(), wanted);
    const some: SharedJob['some'] = (portions, patienceMs) => this.purge({ table, purge }, portions, patienceMs);
    return { job: { name, noun, find, some }, table, purge };
  }

  /** What was restored meanwhile stays. */
  private async purge(
    { table, purge }: Pick<Trash, 'table' | 'purge'>,
    portions: readonly Portion[],
    patienceMs: number,
  ): Promise<void> {
    for (const ofOne of byAccount(portions)) {
      const accountId = ofOne[0]?.accountId ?? '';
      const actor = await this.installation.operatorOf(accountId);
      const ids = ofOne.map(({ id }) => id);
      await this.database.systemWrite(async (_, as) => {
        const tx = as(actor);
        const old = await tx.run<{ id: string }>(oldTrashAmong(accountId, table, ids, this.clock.forSql()));
        if (old.length > 0)
          await purge(
            tx,
            old.map(({ id }) => id),
          );
      }, patienceMs);
    }
  }
}
