import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { entities, migrations } from '../../src/app/data-source.js';
import { openEmbedded } from '../../src/platform/database/embedded/embedded-server.js';
import { connect, dataSource, migrate } from '../../src/platform/database/source.js';

const TEMPLATE_LOCK = 471_114_801;

/** A fresh database, migrated, for one test file. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Copies the template, which is migrated once; the server is DATABASE_URL's, else the embedded one. */
export async function freshDatabase(): Promise<TestDatabase> {
  const server = process.env.DATABASE_URL
    ? { url: process.env.DATABASE_URL, close: () => Promise.resolve() }
    : await openEmbedded({ folder: join(tmpdir(), `kith-test-${userInfo().uid}`), log: () => undefined });
  const template = `kith_template_${fingerprint()}`;
  const name = `kith_test_${randomBytes(6).toString('hex')}`;
  await administer(server.url, async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    await ensureTemplate(client, server.url, template);
    await client.query(`create database ${name} template ${template}`);
  });
  const drop = async (): Promise<void> => {
    await administer(server.url, (client) => client.query(`drop database if exists ${name} with (force)`));
    await server.close();
  };
  return { url: withDatabase(server.url, name), drop };
}

async function ensureTemplate(client: pg.Client, serverUrl: string, template: string): Promise<void> {
  const known = await client.query('select 1 from pg_database where datname = $1', [template]);
  if (known.rowCount) return;
  const draft = `${template}_draft`;
  await client.query(`drop database if exists ${draft} with (force)`);
  await client.query(`create database ${draft}`);
  const source = dataSource({ url: withDatabase(serverUrl, draft), pool: 2, entities, migrations });
  await connect(source);
  await migrate(source);
  await source.destroy();
  await client.query(`alter database ${draft} rename to ${template}`);
}

/** Two schemas never share a template: it is named by the migrations' own text. */
function fingerprint(): string {
  const hash = createHash('sha256');
  hash.update(migrations.map(({ name }) => name).join());
  for (const file of readdirSync('migrations').sort()) hash.update(readFileSync(join('migrations', file)));
  return hash.digest('hex').slice(0, 16);
}

async function administer(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}
