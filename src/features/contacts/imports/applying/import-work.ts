import { Injectable } from '@nestjs/common';
import { updated } from '../../../../platform/database/changes.js';
import type { Actor } from '../../../../platform/actor/actor.js';
import { Database } from '../../../../platform/database/database.js';
import type { Tx } from '../../../../platform/database/tx.js';
import type { EventType } from '../../../../platform/contract/catalogue.js';
import type { Outcome } from '../import-row.entity.js';
import { Import } from '../import.entity.js';
import { FIRST_ROW, keepImport, rowsWith } from '../imports.sql.js';
import type { SettledRow } from '../imports.sql.js';
import { importLock } from '../matching/known.sql.js';
import type { FileReader, ImportPlan } from '../reading/reader.js';
import { READERS } from '../reading/readers.js';
import { settle } from './settling.js';

/** An import in the hands of one worker. */
export interface Work {
  readonly actor: Actor;
  readonly token: string;
  readonly it: Import;
  readonly plan: ImportPlan;
  readonly reader: FileReader;
  /** The last row that this turn has settled. Without it, each batch would pass all rows that are settled already. */
  readonly place: { after: string };
}

/** The import belongs to another worker now, which goes on where this one stopped. */
export class LostImport extends Error {}

/** Writes for an import, each time only while it is still ours. */
@Injectable()
export class ImportWork {
  constructor(private readonly database: Database) {}

  async taken(actor: Actor, id: string, token: string): Promise<Work> {
    return this.database.write(actor, async (tx) => {
      const it = await tx.find(Import, id);
      if (it.leaseToken !== token) throw new LostImport();
      return { actor, token, it, plan: it.plan as ImportPlan, reader: READERS[it.source], place: { after: FIRST_ROW } };
    });
  }

  /** One transaction of the work; its first statement makes sure that the import is still ours, and locks it. */
  async step<R>({ actor, it, token }: Work, write: (tx: Tx) => Promise<R>): Promise<R> {
    return this.database.write(actor, async (tx) => {
      const [ours] = await tx.run(keepImport(actor.accountId, it.id, token));
      if (!ours) throw new LostImport();
      return write(tx);
    });
  }

  /**
   * One batch of the rows that wait, in one transaction; imports of one account take turns.
   *
   * @param through finds what becomes of each row, and does it unless this is a preview
   * @returns how many rows it settled
   */
  async batch<Row extends { readonly id: string }>(
    work: Work,
    limit: number,
    through: (tx: Tx, rows: readonly Row[]) => Promise<readonly SettledRow[]>,
  ): Promise<number> {
    const settled = await this.step(work, async (tx) => {
      await tx.run(importLock(tx.actor.accountId));
      const rows = await this.next<Row>(tx, work, 'waiting', limit);
      if (rows.length > 0) await settle(tx, work.it.id, await through(tx, rows));
      return rows;
    });
    this.passed(work, settled);
    return settled.length;
  }

  /** The next rows with an outcome, which a batch gives another one. */
  next<Row>(tx: Tx, { it, place }: Work, outcome: Outcome, limit: number): Promise<Row[]> {
    return tx.run<Row>(rowsWith(tx.actor.accountId, it.id, { outcome, after: place.after }, limit));
  }

  /** After the commit of a batch: the next one begins after it. */
  passed({ place }: Work, rows: readonly { readonly id: string }[]): void {
    place.after = rows.at(-1)?.id ?? place.after;
  }
}

/** Ends a phase: what is in progress no more has no lease. */
export async function finish(tx: Tx, id: string, values: Partial<Import>, event: EventType | null): Promise<void> {
  await tx.apply(updated(Import, id, { ...values, leaseToken: null, leaseUntil: null }, event));
}
