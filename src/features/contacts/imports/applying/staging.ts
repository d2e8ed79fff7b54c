import { Injectable } from '@nestjs/common';
import { newId } from '../../../../kit/ids.js';
import { insertedAll, updated } from '../../../../platform/database/changes.js';
import { ImportRow } from '../import-row.entity.js';
import { Import } from '../import.entity.js';
import { dropFile, dropRows, readPart } from '../imports.sql.js';
import { Repeats } from '../matching/repeats.js';
import { boundedProblems } from '../reading/person.js';
import type { FileRow, OpenedFile } from '../reading/reader.js';
import { ImportWork } from './import-work.js';
import type { Work } from './import-work.js';

const BATCH = 500;

type StagedRow = Pick<ImportRow, 'id' | 'importId' | 'line' | 'outcome' | 'name' | 'problems' | 'record'>;

/** Reads the file into rows. It is done once, so that whatever follows can stop after any row and go on. */
@Injectable()
export class Staging {
  constructor(private readonly work: ImportWork) {}

  /** @throws UnreadableFile when the file cannot be read to its end; nothing is kept of it then */
  async stage(work: Work): Promise<void> {
    const file = await work.reader.open(() => this.parts(work), work.plan);
    await this.work.step(work, (tx) => tx.run(dropRows(work.actor.accountId, work.it.id)));
    const counts = await this.keepRows(work, file);
    await this.work.step(work, async (tx) => {
      await tx.run(dropFile(work.actor.accountId, work.it.id));
      const state = work.it.preview ? 'previewing' : 'applying';
      const notes = boundedProblems([...work.it.notes, ...file.notes]);
      const { total, skipped } = counts;
      await tx.apply(updated(Import, work.it.id, { state, notes, total, skipped, done: skipped }, null));
    });
  }

  private async keepRows(work: Work, file: OpenedFile): Promise<{ total: number; skipped: number }> {
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
    for await (const rows of file.rows) {
      for (const row of rows) waiting.push(stagedRow(work.it, row, repeats));
      if (waiting.length >= BATCH) await keep();
    }
    await keep();
    return counts;
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

function stagedRow({ id }: Import, { line, row: person }: FileRow, repeats: Repeats): StagedRow {
  const row = { id: newId(), importId: id, line };
  if ('skipped' in person) return { ...row, outcome: 'skipped', name: null, problems: [person.skipped], record: null };
  const { name } = person;
  const first = 'slugs' in person ? repeats.lineOfId(person, line) : repeats.lineOf(person, line);
  if (first !== null) {
    const what = 'slugs' in person ? 'message' : 'person';
    const problems = [`The same ${what} is already in this file, on line ${first}.`];
    return { ...row, outcome: 'skipped', name, problems, record: null };
  }
  return { ...row, outcome: 'waiting', name, problems: [...person.problems], record: person };
}
