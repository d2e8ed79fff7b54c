import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { newId } from '../../../kit/ids.js';
import type { Actor } from '../../../platform/actor/actor.js';
import { inserted, updated } from '../../../platform/database/changes.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Problem } from '../../../platform/errors/problem.js';
import { Retention } from '../../../platform/jobs/retention.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { ReadService } from '../../../platform/resources/resource-service.js';
import { Import } from './import.entity.js';
import type { ImportSource } from './import-source.js';
import type { FileOptions } from './import.inputs.js';
import { IMPORTS } from './import.topics.js';
import { countInProgress, keepPart, waitAgain } from './imports.sql.js';
import { READERS } from './reading/readers.js';

/** A file as it arrived. */
export interface GivenFile {
  readonly bytes: Buffer;
  /** The encoding that the caller declared. */
  readonly charset: string | null;
}

const KEPT_DAYS = 90;
const PART = 1_048_576;
const MOST_IN_PROGRESS = 10;
const NO_COUNTS = { done: 0, created: 0, updated: 0, unchanged: 0, skipped: 0 };

/** Imports: received here, worked on by a worker. */
@Injectable()
export class ImportsService extends ReadService implements OnModuleInit {
  constructor(
    database: Database,
    private readonly retention: Retention,
  ) {
    super(database, Import);
  }

  /** Old reports go, but for one that somebody works on. */
  onModuleInit(): void {
    this.retention.add({
      job: 'forget imports',
      noun: 'import',
      table: 'imports',
      days: KEPT_DAYS,
      once: 't.lease_until is null',
    });
  }

  /** @throws Problem `unprocessable` when the file is not of this source; nothing is kept then. */
  async receive(
    actor: Actor,
    source: ImportSource,
    file: GivenFile,
    options: FileOptions,
    view: ObjectView,
  ): Promise<JsonText> {
    const plan = await READERS[source].planOf(file.bytes, { ...options, declared: file.charset });
    const values = { source, state: 'reading' as const, preview: options.preview ?? false };
    return this.database.write(actor, async (tx) => {
      await this.assertRoom(tx);
      const id = newId();
      await tx.apply(inserted(Import, { id, ...values, notes: [...plan.notes], plan, leaseUntil: new Date(0) }, null));
      for (let part = 0; part * PART < file.bytes.length; part += 1) {
        const content = file.bytes.subarray(part * PART, (part + 1) * PART);
        await tx.run(keepPart(actor.accountId, id, part, content));
      }
      tx.wake(IMPORTS);
      return tx.one(Import, id, view);
    });
  }

  /** Applies a preview: matched again, since the contacts may have changed meanwhile. */
  async apply(actor: Actor, id: string, view: ObjectView): Promise<JsonText> {
    return this.start(actor, id, view, 'previewed', async (tx, it) => {
      const [again] = await tx.run<{ waiting: number }>(waitAgain(actor.accountId, id));
      const skipped = it.total - (again?.waiting ?? 0);
      return { ...NO_COUNTS, state: 'applying', skipped, done: skipped };
    });
  }

  /** Deletes what it added, but for contacts that were changed since. */
  async revert(actor: Actor, id: string, view: ObjectView): Promise<JsonText> {
    return this.start(actor, id, view, 'applied', () =>
      Promise.resolve({ state: 'reverting', done: 0, finishedAt: null }),
    );
  }

  private async start(
    actor: Actor,
    id: string,
    view: ObjectView,
    from: Import['state'],
    begin: (tx: Tx, it: Import) => Promise<Partial<Import>>,
  ): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      const it = await tx.find(Import, id);
      if (it.state !== from) {
        throw new Problem('conflict', `The import is ${it.state}: this takes one that is ${from}.`);
      }
      await tx.apply(updated(Import, id, { ...(await begin(tx, it)), leaseUntil: new Date(0) }, null));
      tx.wake(IMPORTS);
      return tx.one(Import, id, view);
    });
  }

  private async assertRoom(tx: Tx): Promise<void> {
    const [found] = await tx.run<{ count: number }>(countInProgress(tx.actor.accountId));
    if ((found?.count ?? 0) < MOST_IN_PROGRESS) return;
    throw new Problem('conflict', `${MOST_IN_PROGRESS} imports are in progress. Wait until one of them has finished.`);
  }
}
