import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/actor/actor.js';
import { Database } from '../../platform/database/database.js';
import { newestMigration } from '../../platform/database/schema-age.js';
import type { Run } from '../../platform/database/tx.js';
import { Layout } from './layout.service.js';
import type { TravellingTable } from './layout.service.js';
import { withoutAccount } from './own-account.js';
import { CLOSE_ROWS, fetchRows, openLinks, openRows, settingsRow } from './rows.sql.js';

/** A row is up to 0.1 MB. */
const ROWS_AT_ONCE = 50;
/** So long the file may take, also when the client takes nothing of it: PostgreSQL ends that after half a minute, but not behind a pooler. */
const LONGEST_MS = 600_000;

interface Written {
  readonly row: string;
}

/** Everything of an account as one file, a row a line, all of one moment. */
@Injectable()
export class AccountExport {
  constructor(
    private readonly database: Database,
    private readonly layout: Layout,
  ) {}

  /** The stream is an error when the file is not whole. */
  async file(actor: Actor): Promise<Readable> {
    const tables = await this.layout.tables();
    return new Promise((begin, refuse) => {
      const reading = this.database.snapshot(actor, (run) => {
        const file = new PassThrough();
        begin(file);
        const signal = AbortSignal.timeout(LONGEST_MS);
        return pipeline(Readable.from(this.lines(run, actor.accountId, tables)), file, { signal });
      });
      // Once the file has begun, its end tells.
      reading.catch(refuse);
    });
  }

  private async *lines(run: Run, accountId: string, tables: readonly TravellingTable[]): AsyncGenerator<string> {
    let rows = 0;
    yield `{"kith":1,"schema":${newestMigration()}}\n`;
    const [settings] = await run<Written>(settingsRow(accountId));
    yield lineOf('account', 'row', settings?.row ?? 'null');
    for (const table of tables) {
      const parts = table.own.length === 0 ? (['row'] as const) : (['row', 'link'] as const);
      for (const part of parts) {
        await run(part === 'row' ? openRows(accountId, table) : openLinks(accountId, table));
        for (;;) {
          const found = await run<Written>(fetchRows(ROWS_AT_ONCE));
          if (found.length === 0) break;
          rows += found.length;
          yield found.map(({ row }) => lineOf(table.name, part, withoutAccount(row, accountId))).join('');
        }
        await run(CLOSE_ROWS);
      }
    }
    yield `{"end":${rows}}\n`;
  }
}

function lineOf(name: string, part: 'row' | 'link', row: string): string {
  return `{"resource":"${name}","${part}":${row}}\n`;
}
