import 'reflect-metadata';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { SystemClock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.js';
import { Log } from '../platform/config/log.js';
import { schemaText } from '../platform/database/schema-text.js';
import { onScratchDatabase } from '../platform/database/scratch.js';
import { entities, migrations } from './data-source.js';
import { contracts } from './generate/contracts.js';
import { HEADER } from './generate/header.js';
import { SLACK_FOLDER, slackGuide } from './generate/slack-guide.js';
import { STATEMENTS_FOLDER, statements } from './generate/statements.js';
import { Disparity } from './parity.js';
import { createProgram } from './program.js';

/** Folders in which every file is generated, so that files that are no longer generated can be removed. */
const FOLDERS = [SLACK_FOLDER, STATEMENTS_FOLDER];

/** Writes every generated file, or with --check says which of them is stale. */
async function generate(check: boolean): Promise<void> {
  const wanted = await contents();
  const there = FOLDERS.flatMap(filesOf);
  const stale = [...wanted.keys()].filter((file) => read(file) !== wanted.get(file));
  const left = there.filter((file) => !wanted.has(file));
  if (!check) {
    for (const file of stale) write(file, wanted.get(file) ?? '');
    for (const file of left) rmSync(file);
  } else if (stale.length + left.length > 0) {
    process.stderr.write(`Stale: ${[...stale, ...left].join(', ')}. Run: npm run generate\n`);
    process.exitCode = 1;
  }
}

/** Builds the whole program on a temporary database, without a port and without a worker, and reads the contents from it. */
async function contents(): Promise<Map<string, string>> {
  return onScratchDatabase(Config.read(), { entities, migrations }, async ({ source, pool, url }) => {
    const schema = `-- ${HEADER}\n\n${await schemaText(source)}`;
    const config = Config.read({
      DATABASE_URL: url,
      KITH_ENCRYPTION_KEYS: Buffer.alloc(32).toString('base64'),
      ROLES: 'api',
      // Rate limits are counted once a minute, so their statement would appear at random places.
      RATE_LIMIT_PER_MINUTE: '0',
    });
    const app = await createProgram({ config, log: new Log('silent'), clock: new SystemClock(), pool, url });
    const sql = await statements(app, pool);
    const files = [...contracts(app), ['schema.sql', schema] as const, ...sql, ...(await slackGuide())];
    await app.close();
    return new Map(files);
  });
}

function filesOf(folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder).map((name) => `${folder}/${name}`);
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

await generate(process.argv.includes('--check')).catch((error: unknown) => {
  if (!(error instanceof Disparity)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
process.exit();
