import { Injectable } from '@nestjs/common';
import { updated } from '../../../../platform/database/changes.js';
import type { Actor } from '../../../../platform/actor/actor.js';
import { Database } from '../../../../platform/database/database.js';
import type { Tx } from '../../../../platform/database/tx.js';
import type { EventType } from '../../../../platform/contract/catalogue.js';
import { Import } from '../import.entity.js';
import { keepImport } from '../imports.sql.js';
import { linkedIn } from '../reading/linkedin.js';
import type { ContactReader, ImportPlan } from '../reading/reader.js';

/** Every reader. Another kind of file is one more. */
const READERS: readonly ContactReader[] = [linkedIn];

/** An import in the hands of one worker. */
export interface Work {
  readonly actor: Actor;
  readonly token: string;
  readonly it: Import;
  readonly plan: ImportPlan;
  readonly reader: ContactReader;
}

/** The import belongs to another worker now, which goes on where this one stopped. */
export class LostImport extends Error {}

/** The file cannot be imported; the message says why and what to do. */
export class ImportFailure extends Error {}

/** Writes for an import, each time only while it is still ours. */
@Injectable()
export class ImportWork {
  constructor(private readonly database: Database) {}

  async taken(actor: Actor, id: string, token: string): Promise<Work> {
    return this.database.write(actor, async (tx) => {
      const it = await tx.find(Import, id);
      const reader = READERS.find(({ source }) => source === it.source);
      if (!reader || it.leaseToken !== token) throw new LostImport();
      return { actor, token, it, plan: it.plan as ImportPlan, reader };
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
}

/** Ends a phase: what is in progress no more has no lease. */
export async function finish(tx: Tx, id: string, values: Partial<Import>, event: EventType | null): Promise<void> {
  await tx.apply(updated(Import, id, { ...values, leaseToken: null, leaseUntil: null }, event));
}
