import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { newId } from '../../../../kit/ids.js';
import { Clock } from '../../../../platform/clock/clock.js';
import { Log } from '../../../../platform/config/log.js';
import { Database } from '../../../../platform/database/database.js';
import { TableGrowth } from '../../../../platform/database/table-growth.js';
import { isOfAll } from '../../../../platform/errors/sqlstate.js';
import type { Portion, SharedJob } from '../../../../platform/jobs/shared-job.js';
import { SharedWork } from '../../../../platform/jobs/shared-work.js';
import { Ticker } from '../../../../platform/jobs/ticker.js';
import { InstallationService } from '../../../accounts/installation.service.js';
import { importEvents } from '../import.events.js';
import { IMPORTS } from '../import.topics.js';
import { IMPORT, claimImport, dropFile, findImports, releaseImport } from '../imports.sql.js';
import type { ClaimedImport } from '../imports.sql.js';
import { UnreadableFile } from '../reading/reader.js';
import { Applier } from './applier.js';
import { ImportWork, LostImport, finish } from './import-work.js';
import type { Work } from './import-work.js';
import { MessageApplier } from './message-applier.js';
import { Reverter } from './reverter.js';
import { Staging } from './staging.js';

const BATCH = 200;
const REVERTED_AT_ONCE = 50;
/** After so many batches the next import has its turn. */
const BATCHES_A_TURN = 10;

/**
 * The worker's part of imports. Each batch is one transaction with its place in the report, so that a worker that dies
 * leaves whole batches, and another goes on after them.
 */
@Injectable()
export class ImportJobs implements OnModuleInit {
  private readonly job: SharedJob = {
    name: IMPORT,
    noun: 'import',
    find: (wanted) => findImports(wanted),
    some: async (portions, patienceMs) => {
      for (const portion of portions) await this.claimed(patienceMs, portion);
    },
  };

  constructor(
    private readonly ticker: Ticker,
    private readonly database: Database,
    private readonly installation: InstallationService,
    private readonly work: ImportWork,
    private readonly staging: Staging,
    private readonly applier: Applier,
    private readonly messages: MessageApplier,
    private readonly reverter: Reverter,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly shared: SharedWork,
    private readonly growth: TableGrowth,
  ) {}

  onModuleInit(): void {
    this.shared.register(this.job);
    this.ticker.add({ name: IMPORT, topic: IMPORTS, run: () => this.takeTurn() });
  }

  /** One turn of one import. */
  async takeTurn(): Promise<'again' | null> {
    const took = await this.shared.whole(this.job, (patienceMs) => this.claimed(patienceMs));
    return took === false ? null : 'again';
  }

  /** A turn of the import that has waited longest, or of a certain one. Returns whether there was one. */
  private async claimed(patienceMs: number, only?: Portion): Promise<boolean> {
    const token = newId();
    const statement = claimImport(token, only);
    const [claimed] = await this.database.system<ClaimedImport>(statement, patienceMs);
    if (!claimed) return false;
    const actor = await this.installation.operatorOf(claimed.accountId);
    try {
      await this.turn(await this.work.taken(actor, claimed.id, token));
    } catch (error) {
      if (!(error instanceof LostImport)) throw error;
    } finally {
      await this.database.write(actor, (tx) => tx.run(releaseImport(actor.accountId, claimed.id, token)));
    }
    return true;
  }

  private async turn(work: Work): Promise<void> {
    if (work.it.state === 'reading') return this.read(work);
    const isReverting = work.it.state === 'reverting';
    for (let batch = 0; batch < BATCHES_A_TURN; batch += 1) {
      const settled = isReverting
        ? await this.reverter.revertBatch(work, REVERTED_AT_ONCE)
        : await this.applyBatch(work);
      if (settled === 0) return this.end(work);
    }
    await this.growth.follow('contacts', ['id']);
  }

  private async read(work: Work): Promise<void> {
    try {
      await this.staging.stage(work);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      await this.work.step(work, async (tx) => {
        await tx.run(dropFile(tx.actor.accountId, work.it.id));
        const values = { state: 'failed' as const, failure: error.message, finishedAt: this.clock.now() };
        await finish(tx, work.it.id, values, importEvents.finished);
      });
    }
  }

  /** A batch that fails is tried row by row, and the row that fails alone is set aside. */
  private async applyBatch(work: Work): Promise<number> {
    const applier = work.reader.brings === 'messages' ? this.messages : this.applier;
    try {
      return await applier.applyBatch(work, BATCH);
    } catch (error) {
      if (isOfOthers(error)) throw error;
    }
    try {
      return await applier.applyBatch(work, 1);
    } catch (error) {
      if (isOfOthers(error)) throw error;
      this.log.warn(`A row of the import ${work.it.id} was skipped`, 'ImportJobs', error);
      await this.applier.giveUp(work);
      return 1;
    }
  }

  private async end(work: Work): Promise<void> {
    const { id, state } = work.it;
    const finishedAt = this.clock.now();
    await this.work.step(work, (tx) => {
      if (state === 'previewing') return finish(tx, id, { state: 'previewed' }, null);
      if (state === 'reverting') return finish(tx, id, { state: 'reverted', finishedAt }, importEvents.reverted);
      return finish(tx, id, { state: 'applied', finishedAt }, importEvents.finished);
    });
  }
}

/** An error that has nothing to do with the rows. */
function isOfOthers(error: unknown): boolean {
  return error instanceof LostImport || isOfAll(error);
}
