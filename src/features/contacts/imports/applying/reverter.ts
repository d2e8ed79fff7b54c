import { Injectable } from '@nestjs/common';
import { updated } from '../../../../platform/database/changes.js';
import { ContactsService } from '../../contacts.service.js';
import { Import } from '../import.entity.js';
import { rowsWith, settleRows } from '../imports.sql.js';
import type { SettledRow } from '../imports.sql.js';
import { forgetNames, unchangedAmong } from '../matching/known.sql.js';
import { ImportWork } from './import-work.js';
import type { Work } from './import-work.js';

interface CreatedRow {
  readonly id: string;
  readonly contactId: string;
  readonly problems: readonly string[];
}

const KEPT = 'Not reverted: the contact was changed since it was added.';

/** Deletes what an import added, batch by batch, but for contacts that somebody changed since. */
@Injectable()
export class Reverter {
  constructor(
    private readonly work: ImportWork,
    private readonly contacts: ContactsService,
  ) {}

  /** One batch in one transaction; answers how many rows it settled. */
  async revertBatch(work: Work, limit: number): Promise<number> {
    return this.work.step(work, async (tx) => {
      const { accountId } = tx.actor;
      const rows = await tx.run<CreatedRow>(rowsWith(accountId, work.it.id, 'created', limit));
      const ids = rows.map(({ contactId }) => contactId);
      const found = await tx.run<{ id: string }>(unchangedAmong(accountId, ids));
      const removable = new Set(found.map(({ id }) => id));
      for (const id of removable) await this.contacts.removeIn(tx, id);
      await tx.run(forgetNames(accountId, work.reader.source, [...removable]));
      await tx.run(
        settleRows(
          accountId,
          rows.map((row) => settled(row, removable)),
        ),
      );
      const it = await tx.find(Import, work.it.id);
      const counts = { reverted: it.reverted + removable.size, done: it.done + rows.length };
      await tx.apply(updated(Import, it.id, counts, null));
      return rows.length;
    });
  }
}

function settled({ id, contactId, problems }: CreatedRow, removable: ReadonlySet<string>): SettledRow {
  if (removable.has(contactId)) return { id, contactId, problems, outcome: 'reverted' };
  return { id, contactId, problems: [...problems, KEPT], outcome: 'kept' };
}
