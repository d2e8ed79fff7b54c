import { Injectable } from '@nestjs/common';
import { newId } from '../../../../kit/ids.js';
import type { Tx } from '../../../../platform/database/tx.js';
import { Removal } from '../../erasing/removal.service.js';
import { InteractionsService } from '../../interactions/interactions.service.js';
import type { SettledRow } from '../imports.sql.js';
import { addressees, loggedAmong, nameMessages } from '../matching/messages.sql.js';
import type { Addressee, LoggedMessage } from '../matching/messages.sql.js';
import type { ReadMessage } from '../reading/reader.js';
import { ImportWork } from './import-work.js';
import type { Work } from './import-work.js';

interface WaitingRow {
  readonly id: string;
  readonly record: ReadMessage;
}

interface Verdict extends SettledRow {
  readonly interactionId: string | null;
  readonly message: ReadMessage;
  readonly contactIds: readonly string[];
  /** Whether somebody whom it names was erased. */
  readonly namesGone: boolean;
}

const ERASED = 'Erased person: somebody in this message was erased here, or deleted for good.';
const DELETED = 'You deleted this interaction, so it is not logged again.';

/** Logs the messages that wait, batch by batch, with the contacts whose profiles they name. It makes no contact. */
@Injectable()
export class MessageApplier {
  constructor(
    private readonly work: ImportWork,
    private readonly interactions: InteractionsService,
    private readonly removal: Removal,
  ) {}

  /** One batch in one transaction; answers how many rows it settled. */
  async applyBatch(work: Work, limit: number): Promise<number> {
    const isWritten = work.it.state === 'applying';
    return this.work.batch<WaitingRow>(work, limit, async (tx, rows) => {
      const verdicts = await this.judge(tx, work, rows);
      if (isWritten) await this.write(tx, work, verdicts);
      return verdicts.map((verdict) => settledRow(verdict, isWritten));
    });
  }

  private async judge(tx: Tx, { reader }: Work, rows: readonly WaitingRow[]): Promise<Verdict[]> {
    const { accountId } = tx.actor;
    const slugs = [...new Set(rows.flatMap(({ record }) => record.slugs))];
    const found = await tx.run<Addressee>(addressees(accountId, slugs));
    const bySlug = new Map(found.flatMap(({ id, slugs }) => slugs.map((slug) => [slug, id] as const)).reverse());
    const ids = rows.map(({ record }) => record.externalId);
    const logged = await tx.run<LoggedMessage>(loggedAmong(accountId, reader.source, ids));
    const before = new Map(logged.map((one) => [one.externalId, one.interactionId]));
    const gone = await this.removal.goneAmong(
      tx,
      rows.map(({ record }) => ({ emails: [], phones: [], slugs: record.slugs, names: [] })),
    );
    return rows.map(({ id, record }, at) => {
      const verdict = verdictOf(record, bySlug, before);
      return { id, message: record, ...verdict, namesGone: gone.has(at) };
    });
  }

  private async write(tx: Tx, { reader }: Work, verdicts: readonly Verdict[]): Promise<void> {
    const fresh = verdicts.flatMap(({ outcome, interactionId, message, contactIds }) =>
      outcome === 'created' && interactionId ? [{ id: interactionId, message, contactIds }] : [],
    );
    if (fresh.length === 0) return;
    await this.interactions.logAllIn(
      tx,
      fresh.map(({ id, message, contactIds }) => ({
        ...{ id, contactIds: [...contactIds], occurredAt: new Date(message.occurredAt), channel: 'message' as const },
        ...{ direction: message.direction, summary: message.summary, countsAsTouch: message.countsAsTouch },
      })),
    );
    const names = fresh.map(({ id, message }) => ({ id, externalId: message.externalId }));
    await tx.run(nameMessages(tx.actor.accountId, reader.source, names));
  }
}

function verdictOf(
  { slugs, externalId, problems }: ReadMessage,
  bySlug: ReadonlyMap<string, string>,
  before: ReadonlyMap<string, string | null>,
): Omit<Verdict, 'id' | 'message' | 'namesGone'> {
  const contactIds = [...new Set(slugs.flatMap((slug) => bySlug.get(slug) ?? []))];
  const contactId = contactIds[0] ?? null;
  const interactionId = before.get(externalId);
  if (interactionId) return { outcome: 'unchanged', contactId, contactIds, interactionId, problems };
  const reason = interactionId === null ? DELETED : contactId === null ? nobody(slugs) : null;
  if (reason !== null)
    return { outcome: 'skipped', contactId, contactIds, interactionId: null, problems: [reason, ...problems] };
  return { outcome: 'created', contactId, contactIds, interactionId: newId(), problems };
}

function nobody(slugs: readonly string[]): string {
  const named = slugs.slice(0, 3).map((slug) => `linkedin.com/in/${slug}`);
  return `No contact has the profile ${named.join(', ')}.`;
}

/** Of a row that names somebody who was erased nothing is kept, once nothing of it is needed, or the report would bring the person back. */
function settledRow(verdict: Verdict, isWritten: boolean): SettledRow {
  const { id, outcome, contactId, interactionId, problems, namesGone } = verdict;
  const isSkipped = outcome === 'skipped';
  return {
    id,
    outcome,
    contactId,
    problems: namesGone && isSkipped ? [ERASED] : problems,
    interactionId: outcome === 'created' && !isWritten ? null : interactionId,
    emptied: namesGone && (isSkipped || isWritten),
  };
}
