import { readFile } from 'node:fs/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { InstallationService } from '../features/accounts/installation.service.js';
import { ImportCommand } from '../features/contacts/imports/import-command.service.js';
import type { ImportSource } from '../features/contacts/imports/import-source.js';
import { ConfigError } from '../platform/config/config.js';
import { ProgressLine } from './progress-line.js';

/** What is imported, for whom. */
interface Wish {
  readonly source: ImportSource;
  readonly file: string;
  readonly account: string | null;
  /** The encoding of the file, by its WHATWG name; null when it is to be detected. */
  readonly charset: string | null;
  readonly say: (sentence: string) => void;
}

/** Imports a file from the command line, tells how far it is, and then what became of it, with every row that has something to tell. */
export async function importFile(app: INestApplicationContext, wish: Wish): Promise<void> {
  const bytes = await readFile(wish.file);
  const actor = await app.get(InstallationService).operatorOf(wish.account);
  const line = new ProgressLine(process.stderr);
  const given = { source: wish.source, file: { bytes, charset: wish.charset } };
  const { it, told } = await app.get(ImportCommand).run(actor, given, ({ done, total }) => line.show(done, total));
  line.end();
  if (it.state === 'failed') throw new ConfigError(it.failure ?? 'The import failed.');
  for (const note of it.notes) wish.say(note);
  wish.say(`${it.created} added, ${it.updated} updated, ${it.unchanged} unchanged, ${it.skipped} skipped.`);
  for (const { line, problems } of told) wish.say(`  line ${line}: ${problems.join(' ')}`);
}
