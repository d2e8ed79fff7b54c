import { Injectable } from '@nestjs/common';
import { inSlices } from '../../../../kit/breather.js';
import { newId } from '../../../../kit/ids.js';
import { typedNumber } from '../../../../kit/phone-number.js';
import { insertedAll } from '../../../../platform/database/changes.js';
import type { Tx } from '../../../../platform/database/tx.js';
import { Contact } from '../../contact.entity.js';
import { contactEvents } from '../../contact.events.js';
import { ContactsService } from '../../contacts.service.js';
import { nameUnder } from '../../contacts.sql.js';
import type { Traits } from '../../erasing/person-hashes.js';
import { Removal } from '../../erasing/removal.service.js';
import type { SettledRow } from '../imports.sql.js';
import { knownAmong, rememberSaid, takenBy } from '../matching/known.sql.js';
import type { KnownContact, Said } from '../matching/known.sql.js';
import { Matches } from '../matching/matches.js';
import { newsOf, saidBy } from '../matching/news.js';
import type { News } from '../matching/news.js';
import { slugsOf } from '../reading/links.js';
import { boundedProblems } from '../reading/person.js';
import type { ReadPerson } from '../reading/reader.js';
import { ImportWork } from './import-work.js';
import type { Work } from './import-work.js';
import { settle } from './settling.js';

interface WaitingRow {
  readonly id: string;
  readonly line: number;
  readonly record: ReadPerson;
}

/** What is to be done with a row. */
type Verdict = { readonly row: WaitingRow; readonly problems: readonly string[] } & (
  | { readonly outcome: 'created'; readonly id: string }
  | { readonly outcome: 'updated' | 'unchanged'; readonly id: string; readonly news: News }
  | { readonly outcome: 'skipped'; readonly id: string | null; readonly erased?: true }
);

const ERASED = 'Erased person: this person was erased here, or deleted for good, and is not added again.';
const DELETED = 'You deleted this contact: restore it to import it again.';

/** Matches the rows that wait, batch by batch, and writes what is new, unless it is a preview. */
@Injectable()
export class Applier {
  constructor(
    private readonly work: ImportWork,
    private readonly contacts: ContactsService,
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

  /** Skips a row that cannot be written, so that it keeps no other from being so. */
  async giveUp(work: Work): Promise<void> {
    await this.work.step(work, async (tx) => {
      const [row] = await this.work.next<WaitingRow>(tx, work, 'waiting', 1);
      if (!row) return;
      const problems = ['This row could not be written. The reason is in the log of the program.'];
      await settle(tx, work.it.id, [{ id: row.id, outcome: 'skipped', contactId: null, problems }]);
    });
  }

  private async judge(tx: Tx, { it, reader }: Work, rows: readonly WaitingRow[]): Promise<Verdict[]> {
    const { accountId, calendar } = tx.actor;
    const { phoneRegion } = calendar;
    const people = rows.map(({ record }) => record);
    const known = await tx.run<KnownContact>(knownAmong(accountId, reader.source, people));
    const matches = new Matches(known);
    const ids = known.map(({ id }) => id);
    const found = await tx.run<{ contactId: string; line: number }>(takenBy(accountId, it.id, ids));
    const taken = new Map(found.map(({ contactId, line }) => [contactId, line]));
    const traits = await inSlices(people, (person) => traitsOf(person, reader.source, phoneRegion));
    const gone = await this.removal.goneAmong(tx, traits);
    return inSlices(rows.entries(), ([at, row]) => {
      const contact = matches.of(row.record);
      const verdict = gone.has(at) && !contact ? erasedVerdict(row) : verdictOf(row, contact, { taken, phoneRegion });
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

function verdictOf(
  row: WaitingRow,
  contact: KnownContact | null,
  { taken, phoneRegion }: { readonly taken: ReadonlyMap<string, number>; readonly phoneRegion: string | null },
): Verdict {
  const { problems } = row.record;
  if (!contact) return { row, problems, outcome: 'created', id: newId() };
  const line = taken.get(contact.id);
  if (line !== undefined) {
    const reason = `It is the same contact as the row on line ${line}.`;
    return { row, problems: [reason, ...problems], outcome: 'skipped', id: null };
  }
  if (contact.isDeleted) return { row, problems: [DELETED, ...problems], outcome: 'skipped', id: contact.id };
  const news = newsOf(contact, row.record, phoneRegion);
  const outcome = Object.keys(news.changes).length > 0 ? 'updated' : 'unchanged';
  return { row, problems: [...problems, ...news.kept], outcome, id: contact.id, news };
}

/** Nothing of such a row is kept, or the report would bring the person back. */
function erasedVerdict(row: WaitingRow): Verdict {
  return { row, problems: [ERASED], outcome: 'skipped', id: null, erased: true };
}

/** Numbers as they are typed, and as they are understood: whoever was erased by one of them is known by the other. */
function traitsOf({ emails, phones, links, externalId }: ReadPerson, source: string, region: string | null): Traits {
  const numbers = phones.flatMap((phone) => typedNumber(phone, region).number ?? []);
  return { emails, phones: [...phones, ...numbers], slugs: slugsOf(links), names: [`${source} ${externalId}`] };
}

function settledRow(verdict: Verdict, isWritten: boolean): SettledRow {
  const { row, outcome, id, problems } = verdict;
  const contactId = outcome === 'created' && !isWritten ? null : id;
  return { id: row.id, outcome, contactId, problems: boundedProblems(problems), emptied: 'erased' in verdict };
}

function saidIn(verdict: Verdict): Said {
  return 'news' in verdict ? verdict.news.said : saidBy(verdict.row.record);
}

/** Every row has the same properties, so that one statement inserts all. */
function contactOf(person: ReadPerson, { howWeMet, tags }: Work['reader']) {
  const { name, givenName, familyName, pronouns, company, title, location, timeZone, birthday, metOn, notes } = person;
  return {
    ...{ name, givenName, familyName, pronouns, company, title, location, timeZone, birthday, metOn, notes, howWeMet },
    emails: [...person.emails],
    phones: [...person.phones],
    links: [...person.links],
    tags: [...new Set([...tags, ...person.tags])],
    custom: person.custom,
  };
}
