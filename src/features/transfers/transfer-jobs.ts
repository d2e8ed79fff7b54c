import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { newId } from '../../kit/ids.js';
import type { Actor } from '../../platform/actor/actor.js';
import { Clock } from '../../platform/clock/clock.js';
import { updated } from '../../platform/database/changes.js';
import { Database } from '../../platform/database/database.js';
import { TableGrowth } from '../../platform/database/table-growth.js';
import type { Tx } from '../../platform/database/tx.js';
import { Problem } from '../../platform/errors/problem.js';
import { isOfAll, reasonOf } from '../../platform/errors/sqlstate.js';
import { Ticker } from '../../platform/jobs/ticker.js';
import { InstallationService } from '../accounts/installation.service.js';
import { RefusedLine } from './line-judge.js';
import type { JudgedLine } from './line-judge.js';
import { Transfer } from './transfer.entity.js';
import { TRANSFERS } from './transfer.topics.js';
import { TransferSteps } from './transfer-steps.js';
import type { Step } from './transfer-steps.js';
import { claimTransfer, dropParts, releaseTransfer } from './transfers.sql.js';
import type { ClaimedTransfer } from './transfers.sql.js';

/** Another worker has taken the file over. */
class LostTransfer extends Error {}

interface Turn {
  readonly actor: Actor;
  readonly token: string;
  readonly it: Transfer;
}

/** The worker's part of files of accounts. A turn is one transaction with its place in the file: a worker that dies leaves whole turns. */
@Injectable()
export class TransferJobs implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly installation: InstallationService,
    private readonly steps: TransferSteps,
    private readonly ticker: Ticker,
    private readonly clock: Clock,
    private readonly growth: TableGrowth,
  ) {}

  onModuleInit(): void {
    this.ticker.add({ name: 'transfer', topic: TRANSFERS, run: () => this.takeTurn() });
  }

  /** One turn of the file that has waited longest. */
  async takeTurn(): Promise<'again' | null> {
    const token = newId();
    const [claimed] = await this.database.system<ClaimedTransfer>(claimTransfer(token, this.clock.forSql()));
    if (!claimed) return null;
    const { accountId, id } = claimed;
    const actor = await this.installation.operatorOf(accountId);
    try {
      const it = await this.database.write(actor, (tx) => tx.find(Transfer, id));
      await this.turn({ actor, token, it });
    } catch (error) {
      if (!(error instanceof LostTransfer)) throw error;
    } finally {
      await this.database.write(actor, (tx) => tx.run(releaseTransfer(accountId, id, token)));
    }
    return 'again';
  }

  private async turn(turn: Turn): Promise<void> {
    switch (turn.it.state) {
      case 'receiving':
        return this.fail(turn, new Problem('unprocessable', 'The file did not arrive whole.'));
      case 'checking':
        return this.tried(turn, () => this.steps.check(turn.actor, turn.it));
      case 'filling':
        return this.follow(await this.fill(turn));
      case 'releasing':
        return this.emptied(turn, (tx) => this.steps.release(tx), 'applied');
      case 'undoing':
        return this.emptied(turn, (tx) => this.steps.undo(tx), 'failed');
    }
  }

  private async tried(turn: Turn, step: () => Promise<Step>): Promise<void> {
    try {
      await this.save(turn, await step());
    } catch (error) {
      await this.fail(turn, error);
    }
  }

  /** Returns the lines whose rows were added. */
  private async fill(turn: Turn): Promise<readonly JudgedLine[]> {
    try {
      const step = await this.steps.fill(turn.actor, turn.it);
      try {
        await this.save(turn, step);
        return step.judged;
      } catch (error) {
        if (!(error instanceof Problem) || isOfAll(error)) throw error;
        const line = await this.steps.culprit(turn.actor, step.judged);
        throw line === null ? error : new RefusedLine(line, error.message);
      }
    } catch (error) {
      await this.fail(turn, error);
      return [];
    }
  }

  private async follow(filled: readonly JudgedLine[]): Promise<void> {
    for (const { table, key } of new Set(filled.map((line) => line.table))) await this.growth.follow(table, key);
  }

  /** @throws what has nothing to do with the file */
  private async fail(turn: Turn, error: unknown): Promise<void> {
    if (error instanceof LostTransfer || isOfAll(error)) throw error;
    const isSaid = error instanceof RefusedLine || error instanceof Problem;
    const failure = isSaid ? error.message : reasonOf(error);
    const line = error instanceof RefusedLine ? error.line : null;
    const isFilling = turn.it.state === 'filling';
    const values = isFilling
      ? { state: 'undoing' as const }
      : { state: 'failed' as const, finishedAt: this.clock.now() };
    await this.save(turn, {
      values: { ...values, failure, line },
      work: async (tx) => {
        if (!isFilling) await tx.run(dropParts(tx.actor.accountId, turn.it.id));
      },
    });
  }

  /** Does some of the work; when nothing is left, the file is done with. */
  private async emptied(turn: Turn, some: (tx: Tx) => Promise<boolean>, state: 'applied' | 'failed'): Promise<void> {
    await this.database.write(turn.actor, async (tx) => {
      await this.assertOurs(tx, turn);
      if (await some(tx)) return;
      await tx.run(dropParts(tx.actor.accountId, turn.it.id));
      await tx.apply(updated(Transfer, turn.it.id, { state, finishedAt: this.clock.now() }, null));
    });
  }

  private async save(turn: Turn, { values, work }: Step): Promise<void> {
    await this.database.write(turn.actor, async (tx) => {
      await this.assertOurs(tx, turn);
      await work?.(tx);
      await tx.apply(updated(Transfer, turn.it.id, values, null));
    });
  }

  private async assertOurs(tx: Tx, { it, token }: Turn): Promise<void> {
    const { leaseToken } = await tx.find(Transfer, it.id);
    if (leaseToken !== token) throw new LostTransfer();
  }
}
