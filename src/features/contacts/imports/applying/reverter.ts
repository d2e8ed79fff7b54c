import { Injectable } from '@nestjs/common';
import { updated } from '../../../../platform/database/changes.js';
import type { Tx } from '../../../../platform/database/tx.js';
import { ContactsService } from '../../contacts.service.js';
import { InteractionsService } from '../../interactions/interactions.service.js';
import { Import } from '../import.entity.js';
import { settleRows } from '../imports.sql.js';
import type { SettledRow } from '../imports.sql.js';
import { forgetNames, unchangedAmong } from '../matching/known.sql.js';
import { forgetMessages, untouchedAmong } from '../matching/messages.sql.js';
import { boundedProblems } from '../reading/person.js';
import { ImportWork } from './import-work.js';
import type { Work } from './import-work.js';

interface CreatedRow {
  readonly id: string;
  readonly contactId: string;
  readonly interactionId: string | null;
  readonly problems: readonly string[];
}

const KEPT = 'Not reverted: the contact was changed since it was added.';
const KEPT_MESSAGE = 'Not reverted: the interaction was changed or deleted since it was logged.';

/** Deletes what an import added, batch by batch, but for contacts that somebody changed since. */
@Injectable()
export class Reverter {
  constructor(
    private readonly work: ImportWork,
    private readonly contacts: ContactsService,
    private readonly interactions: InteractionsService,
  ) {}

  /** One batch in one transaction; answers how many rows it settled. */
  async revertBatch(work: Work, limit: number): Promise<number> {
    const settledNow = await this.work.step(work, async (tx) => {
      const { accountId } = tx.actor;
      const rows = await this.work.next<CreatedRow>(tx, work, 'created', limit);
      const removable =
        work.reader.brings === 'messages' ? await this.takeBack(tx, work, rows) : await this.remove(tx, work, rows);
      await tx.run(
        settleRows(
          accountId,
          rows.map((row) => settled(row, removable)),
        ),
      );
      const it = await tx.find(Import, work.it.id);
      const counts = { reverted: it.reverted + removable.size, done: it.done + rows.length };
      await tx.apply(updated(Import, it.id, counts, null));
      return rows;
    });
    this.work.passed(work, settledNow);
    return settledNow.length;
  }

  private async remove(tx: Tx, { reader }: Work, rows: readonly CreatedRow[]): Promise<ReadonlySet<string>> {
    const { accountId } = tx.actor;
    const ids = rows.map(({ contactId }) => contactId);
    const found = await tx.run<{ id: string }>(unchangedAmong(accountId, ids));
    const removable = new Set(found.map(({ id }) => id));
    for (const id of removable) await this.contacts.removeIn(tx, id);
    await tx.run(forgetNames(accountId, reader.source, [...removable]));
    return removable;
  }

  private async takeBack(tx: Tx, { reader }: Work, rows: readonly CreatedRow[]): Promise<ReadonlySet<string>> {
    const { accountId } = tx.actor;
    const ids = rows.flatMap(({ interactionId }) => interactionId ?? []);
    const found = await tx.run<{ id: string }>(untouchedAmong(accountId, ids));
    const removable = new Set(found.map(({ id }) => id));
    for (const id of removable) await this.interactions.removeIn(tx, id);
    await tx.run(forgetMessages(accountId, reader.source, [...removable]));
    return removable;
  }
}

function settled(row: CreatedRow, removable: ReadonlySet<string>): SettledRow {
  const { id, contactId, interactionId, problems } = row;
  const same = { id, contactId, interactionId };
  if (removable.has(interactionId ?? contactId)) return { ...same, problems, outcome: 'reverted' };
  return {
    ...same,
    problems: boundedProblems([...problems, interactionId === null ? KEPT : KEPT_MESSAGE]),
    outcome: 'kept',
  };
}
