import { Injectable } from '@nestjs/common';
import { CsvTextError, recordsOf } from '../../../../kit/csv-text.js';
import type { CsvRecord } from '../../../../kit/csv-text.js';
import type { DateOrder } from '../../../../kit/day-text.js';
import { newId } from '../../../../kit/ids.js';
import { insertedAll, updated } from '../../../../platform/database/changes.js';
import { ImportRow } from '../import-row.entity.js';
import { Import } from '../import.entity.js';
import { dropFile, dropRows, readPart } from '../imports.sql.js';
import { Repeats } from '../matching/repeats.js';
import { ColumnOrder } from '../reading/date-order.js';
import { textOf } from '../reading/file-text.js';
import type { ContactReader } from '../reading/reader.js';
import { ImportFailure, ImportWork } from './import-work.js';
import type { Work } from './import-work.js';

/** LinkedIn allows 30,000 connections. */
const MOST_ROWS = 100_000;
const BATCH = 500;

type StagedRow = Pick<ImportRow, 'id' | 'importId' | 'line' | 'outcome' | 'name' | 'problems' | 'record'>;

/** Reads the file into rows. It is done once, so that whatever follows can stop after any row and go on. */
@Injectable()
export class Staging {
  constructor(private readonly work: ImportWork) {}

  /** @throws ImportFailure when the file cannot be read to its end */
  async stage(work: Work): Promise<void> {
    const { order, note } = await this.orderOf(work);
    await this.work.step(work, (tx) => tx.run(dropRows(work.actor.accountId, work.it.id)));
    const counts = await this.readRows(work, order);
    await this.work.step(work, async (tx) => {
      await tx.run(dropFile(work.actor.accountId, work.it.id));
      const state = work.it.preview ? 'previewing' : 'applying';
      const notes = note === null ? work.it.notes : [...work.it.notes, note];
      const { total, skipped } = counts;
      await tx.apply(updated(Import, work.it.id, { state, notes, total, skipped, done: skipped }, null));
    });
  }

  /** What the whole column says of day and month. Rows are counted too, before anything is kept. */
  private async orderOf(work: Work): Promise<{ order: DateOrder; note: string | null }> {
    const column = new ColumnOrder();
    const place = work.plan.columns[work.reader.dateColumn];
    let total = 0;
    for await (const records of this.recordsOf(work)) {
      total += records.length;
      if (total > MOST_ROWS) throw new ImportFailure(`The file has more than ${MOST_ROWS} rows: split it.`);
      if (place !== undefined) for (const { fields } of records) column.see(fields[place] ?? '');
    }
    return column.decide(work.plan);
  }

  private async readRows(work: Work, order: DateOrder): Promise<{ total: number; skipped: number }> {
    const repeats = new Repeats();
    const counts = { total: 0, skipped: 0 };
    const waiting: StagedRow[] = [];
    const keep = async (): Promise<void> => {
      for (let rows = waiting.splice(0, BATCH); rows.length > 0; rows = waiting.splice(0, BATCH)) {
        counts.total += rows.length;
        counts.skipped += rows.filter(({ outcome }) => outcome === 'skipped').length;
        await this.work.step(work, (tx) => tx.apply(insertedAll(ImportRow, rows, null)));
      }
    };
    for await (const records of this.recordsOf(work)) {
      for (const record of records) waiting.push(rowOf(work, record, order, repeats));
      if (waiting.length >= BATCH) await keep();
    }
    await keep();
    return counts;
  }

  private async *recordsOf(work: Work): AsyncGenerator<readonly CsvRecord[]> {
    const { delimiter, headerLine } = work.plan;
    try {
      yield* recordsOf(textOf(this.parts(work), work.plan), { delimiter, linesAbove: headerLine });
    } catch (error) {
      if (error instanceof CsvTextError) throw new ImportFailure(error.message);
      throw error;
    }
  }

  /** Each part is read in a step, so that the import stays ours however long the file is. */
  private async *parts(work: Work): AsyncGenerator<Buffer> {
    for (let part = 0; ; part += 1) {
      const reading = readPart(work.actor.accountId, work.it.id, part);
      const [found] = await this.work.step(work, (tx) => tx.run<{ content: Buffer }>(reading));
      if (!found) return;
      yield found.content;
    }
  }
}

function rowOf({ it, plan, reader }: Work, { fields, line }: CsvRecord, order: DateOrder, repeats: Repeats): StagedRow {
  const row = { id: newId(), importId: it.id, line };
  const person = reader.read(fieldsBy(fields, plan.columns), order);
  if ('skipped' in person) return { ...row, outcome: 'skipped', name: null, problems: [person.skipped], record: null };
  const { name } = person;
  const first = repeats.lineOf(person, line);
  if (first !== null) {
    const problems = [`The same person is already in this file, on line ${first}.`];
    return { ...row, outcome: 'skipped', name, problems, record: null };
  }
  return { ...row, outcome: 'waiting', name, problems: [...person.problems], record: person };
}

function fieldsBy(fields: readonly string[], columns: Work['plan']['columns']): Parameters<ContactReader['read']>[0] {
  return (column) => {
    const place = columns[column];
    return place === undefined ? '' : (fields[place] ?? '');
  };
}
