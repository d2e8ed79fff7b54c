import { Injectable } from '@nestjs/common';
import { newId } from '../../../../kit/ids.js';
import { profileUrl } from '../../../../kit/profile-slug.js';
import { insertedAll, updated } from '../../../../platform/database/changes.js';
import type { Tx } from '../../../../platform/database/tx.js';
import { Contact } from '../../contact.entity.js';
import { contactEvents } from '../../contact.events.js';
import { ContactsService } from '../../contacts.service.js';
import { nameUnder } from '../../contacts.sql.js';
import { Import } from '../import.entity.js';
import { rowsWith, settleRows } from '../imports.sql.js';
import type { SettledRow } from '../imports.sql.js';
import { importLock, knownAmong, rememberSaid, takenBy } from '../matching/known.sql.js';
import type { KnownContact, Said } from '../matching/known.sql.js';
import { Matches } from '../matching/matches.js';
import { newsOf, saidBy } from '../matching/news.js';
import type { News } from '../matching/news.js';
import type { ReadPerson } from '../reading/reader.js';
import { ImportWork } from './import-work.js';
import type { Work } from './import-work.js';

interface WaitingRow {
  readonly id: string;
  readonly line: number;
  readonly record: ReadPerson;
}

/** What is to be done with a row. */
type Verdict = { readonly row: WaitingRow; readonly problems: readonly string[] } & (
  | { readonly outcome: 'created'; readonly id: string }
  | { readonly outcome: 'updated' | 'unchanged'; readonly id: string; readonly news: News }
  | { readonly outcome: 'skipped'; readonly id: string | null }
);

const DELETED = 'You deleted this contact: restore it to import it again.';

/** Matches the rows that wait, batch by batch, and writes what is new, unless it is a preview. */
@Injectable()
export class Applier {
  constructor(
    private readonly work: ImportWork,
    private readonly contacts: ContactsService,
  ) {}

  /** One batch in one transaction; answers how many rows it settled. */
  async applyBatch(work: Work, limit: number): Promise<number> {
    return this.work.step(work, async (tx) => {
      const { accountId } = tx.actor;
      await tx.run(importLock(accountId));
      const rows = await tx.run<WaitingRow>(rowsWith(accountId, work.it.id, 'waiting', limit));
      if (rows.length === 0) return 0;
      const verdicts = await this.judge(tx, work, rows);
      if (work.it.state === 'applying') await this.write(tx, work, verdicts);
      await settle(
        tx,
        work.it.id,
        verdicts.map((verdict) => settledRow(verdict, work.it.state === 'applying')),
      );
      return rows.length;
    });
  }

  /** Skips a row that cannot be written, so that it keeps no other from being so. */
  async giveUp(work: Work): Promise<void> {
    await this.work.step(work, async (tx) => {
      const [row] = await tx.run<WaitingRow>(rowsWith(tx.actor.accountId, work.it.id, 'waiting', 1));
      if (!row) return;
      const problems = ['This row could not be written. The reason is in the log of the program.'];
      await settle(tx, work.it.id, [{ id: row.id, outcome: 'skipped', contactId: null, problems }]);
    });
  }

  private async judge(tx: Tx, { it, reader }: Work, rows: readonly WaitingRow[]): Promise<Verdict[]> {
    const { accountId } = tx.actor;
    const people = rows.map(({ record }) => record);
    const known = await tx.run<KnownContact>(knownAmong(accountId, reader.source, people));
    const matches = new Matches(known);
    const ids = known.map(({ id }) => id);
    const found = await tx.run<{ contactId: string; line: number }>(takenBy(accountId, it.id, ids));
    const taken = new Map(found.map(({ contactId, line }) => [contactId, line]));
    return rows.map((row) => {
      const verdict = verdictOf(row, matches.of(row.record), taken);
      if (verdict.id !== null) taken.set(verdict.id, row.line);
      return verdict;
    });
  }

  private async write(tx: Tx, { reader }: Work, verdicts: readonly Verdict[]): Promise<void> {
    const { source } = reader;
    const { accountId } = tx.actor;
    const fresh = verdicts.filter((verdict) => verdict.outcome === 'created');
    const rows = fresh.map(({ id, row }) => ({ id, ...contactOf(row.record, reader) }));
    if (rows.length > 0) await tx.apply(insertedAll(Contact, rows, contactEvents.created));
    for (const verdict of verdicts) {
      if (verdict.outcome !== 'updated') continue;
      const { changes, roles } = verdict.news;
      await this.contacts.updateIn(tx, verdict.id, changes, { roles });
    }
    const ours = verdicts.filter((verdict) => verdict.outcome !== 'skipped');
    const names = ours.map(({ id, row }) => ({ externalId: row.record.externalId, contactId: id }));
    await tx.run(nameUnder(accountId, source, names));
    const told = ours.map((verdict) => ({ id: verdict.id, said: saidIn(verdict) }));
    await tx.run(rememberSaid(accountId, source, told));
  }
}

/** Keeps what became of rows, and counts it. */
async function settle(tx: Tx, id: string, rows: readonly SettledRow[]): Promise<void> {
  await tx.run(settleRows(tx.actor.accountId, rows));
  const it = await tx.find(Import, id);
  const count = (outcome: string): number => rows.filter((row) => row.outcome === outcome).length;
  const counts = {
    created: it.created + count('created'),
    updated: it.updated + count('updated'),
    unchanged: it.unchanged + count('unchanged'),
    skipped: it.skipped + count('skipped'),
    done: it.done + rows.length,
  };
  await tx.apply(updated(Import, id, counts, null));
}

function verdictOf(row: WaitingRow, contact: KnownContact | null, taken: ReadonlyMap<string, number>): Verdict {
  const { problems } = row.record;
  if (!contact) return { row, problems, outcome: 'created', id: newId() };
  const line = taken.get(contact.id);
  if (line !== undefined) {
    const reason = `It is the same contact as the row on line ${line}.`;
    return { row, problems: [reason, ...problems], outcome: 'skipped', id: null };
  }
  if (contact.isDeleted) return { row, problems: [DELETED, ...problems], outcome: 'skipped', id: contact.id };
  const news = newsOf(contact, row.record);
  const outcome = Object.keys(news.changes).length > 0 ? 'updated' : 'unchanged';
  return { row, problems: [...problems, ...news.kept], outcome, id: contact.id, news };
}

function settledRow({ row, outcome, id, problems }: Verdict, isWritten: boolean): SettledRow {
  const contactId = outcome === 'created' && !isWritten ? null : id;
  return { id: row.id, outcome, contactId, problems };
}

function saidIn(verdict: Verdict): Said {
  return 'news' in verdict ? verdict.news.said : saidBy(verdict.row.record);
}

/** Every row has the same properties, so that one statement inserts all. */
function contactOf(person: ReadPerson, { howWeMet, tags }: Work['reader']) {
  const { name, givenName, familyName, email, slug, company, title, metOn } = person;
  return {
    ...{ name, givenName, familyName, company, title, metOn, howWeMet },
    emails: email === null ? [] : [email],
    links: slug === null ? [] : [{ kind: 'linkedin' as const, value: profileUrl(slug) }],
    tags: [...tags],
  };
}
