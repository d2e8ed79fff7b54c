import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/actor/actor.js';
import { Database } from '../../../platform/database/database.js';
import { wholeView } from '../../../platform/projection/projection.js';
import { ImportJobs } from './applying/import-jobs.js';
import type { ImportRow } from './import-row.entity.js';
import { Import } from './import.entity.js';
import type { ImportSource } from './import-source.js';
import { ImportsService } from './imports.service.js';
import type { GivenFile } from './imports.service.js';
import { rowsWithProblems } from './imports.sql.js';

type Told = Pick<ImportRow, 'line' | 'problems'>;

const LOOK_MS = 200;
const MOST_TOLD = 1_000;

/** An import from the command line, which waits until it is finished and does the work itself when no worker does. */
@Injectable()
export class ImportCommand {
  constructor(
    private readonly database: Database,
    private readonly imports: ImportsService,
    private readonly jobs: ImportJobs,
  ) {}

  /** @param tell is called whenever there is something to show */
  async run(
    actor: Actor,
    { source, file }: { readonly source: ImportSource; readonly file: GivenFile },
    tell: (it: Import) => void,
  ): Promise<{ it: Import; told: readonly Told[] }> {
    const begun = await this.imports.receive(actor, source, file, {}, wholeView(Import));
    const { id } = JSON.parse(begun.text) as Import;
    for (;;) {
      const it = JSON.parse((await this.imports.one(actor, id, wholeView(Import))).text) as Import;
      tell(it);
      if (it.finishedAt) {
        return { it, told: await this.database.read<Told>(actor, rowsWithProblems(actor.accountId, id, MOST_TOLD)) };
      }
      if ((await this.jobs.takeTurn()) === null) await setTimeout(LOOK_MS);
    }
  }
}
