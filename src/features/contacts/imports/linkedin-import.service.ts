import { Injectable } from '@nestjs/common';
import { newId } from '../../../kit/ids.js';
import { LinkedInFormatError, readLinkedInConnections } from '../../../kit/linkedin-csv.js';
import type { LinkedInConnection, LinkedInReport } from '../../../kit/linkedin-csv.js';
import type { Actor } from '../../../platform/actor/actor.js';
import { insertedAll, updated } from '../../../platform/database/changes.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Problem } from '../../../platform/errors/problem.js';
import { Contact } from '../contact.entity.js';
import { contactEvents } from '../contact.events.js';
import { importLock, knownUnder, nameUnder } from '../contacts.sql.js';
import type { ImportReport } from './import-report.js';
import { contactOf, naturalKey } from './linkedin-contact.js';

interface Known {
  readonly externalId: string;
  readonly id: string;
  readonly company: string | null;
  readonly title: string | null;
  readonly deletedAt: Date | null;
}

const SOURCE = 'linkedin';
const BATCH = 1_000;

/** LinkedIn's `Connections.csv`: idempotent by profile, so importing the same file again creates no contacts. */
@Injectable()
export class LinkedInImportService {
  constructor(private readonly database: Database) {}

  /** @throws Problem `invalid_input` when the text is not such a file; nothing is written then. */
  async import(actor: Actor, csv: string): Promise<ImportReport> {
    const { rows, skipped } = read(csv);
    const { unique, repeated } = withoutRepeats(rows);
    return this.database.write(actor, async (tx) => {
      await tx.run(importLock(actor.accountId));
      const report: ImportReport = { created: 0, updated: 0, unchanged: 0, skipped: [...skipped, ...repeated] };
      const keys = [...unique.keys()];
      for (let start = 0; start < keys.length; start += BATCH) {
        await this.importBatch(
          tx,
          new Map(keys.slice(start, start + BATCH).map((key) => [key, unique.get(key)])),
          report,
        );
      }
      report.skipped.sort((a, b) => a.line - b.line);
      return report;
    });
  }

  private async importBatch(
    tx: Tx,
    rows: ReadonlyMap<string, LinkedInConnection | undefined>,
    report: ImportReport,
  ): Promise<void> {
    const found = await tx.run<Known>(knownUnder(tx.actor.accountId, SOURCE, [...rows.keys()]));
    const known = new Map(found.map((one) => [one.externalId, one]));
    const fresh: { externalId: string; row: LinkedInConnection }[] = [];
    for (const [externalId, row] of rows) {
      const contact = known.get(externalId);
      if (row && contact) await this.meetAgain(tx, contact, row, report);
      else if (row) fresh.push({ externalId, row });
    }
    await this.add(tx, fresh, report);
  }

  private async add(
    tx: Tx,
    fresh: readonly { externalId: string; row: LinkedInConnection }[],
    report: ImportReport,
  ): Promise<void> {
    if (fresh.length === 0) return;
    const contacts = fresh.map(({ externalId, row }) => ({ externalId, values: { id: newId(), ...contactOf(row) } }));
    await tx.apply(
      insertedAll(
        Contact,
        contacts.map(({ values }) => values),
        contactEvents.created,
      ),
    );
    const pairs = contacts.map(({ externalId, values }) => ({ externalId, contactId: values.id }));
    await tx.run(nameUnder(tx.actor.accountId, SOURCE, pairs));
    report.created += fresh.length;
  }

  /** A later file updates only the job, because everything else may have been edited by hand. */
  private async meetAgain(tx: Tx, contact: Known, row: LinkedInConnection, report: ImportReport): Promise<void> {
    const { company, title } = contactOf(row);
    const moved = (company !== null && company !== contact.company) || (title !== null && title !== contact.title);
    if (contact.deletedAt || !moved) {
      report.unchanged += 1;
      return;
    }
    await tx.apply(updated(Contact, contact.id, { company, title }, contactEvents.jobChanged));
    report.updated += 1;
  }
}

function read(csv: string): LinkedInReport {
  try {
    return readLinkedInConnections(csv);
  } catch (error) {
    if (error instanceof LinkedInFormatError) throw Problem.field('/csv', 'notConnections', error.message);
    throw error;
  }
}

function withoutRepeats(rows: readonly LinkedInConnection[]): {
  unique: Map<string, LinkedInConnection>;
  repeated: ImportReport['skipped'];
} {
  const unique = new Map<string, LinkedInConnection>();
  const repeated: ImportReport['skipped'] = [];
  for (const row of rows) {
    const key = naturalKey(row);
    if (unique.has(key)) repeated.push({ line: row.line, reason: 'The same person is already in this file.' });
    else unique.set(key, row);
  }
  return { unique, repeated };
}
