import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { entities, migrations } from '../../src/app/data-source.js';
import { openEmbedded } from '../../src/platform/database/embedded/embedded-server.js';
import { connect, dataSource, migrate, withDatabase } from '../../src/platform/database/source.js';

const TEMPLATE_LOCK = 471_114_801;

/**
 * Settings of the tests' own server: nothing on it must survive the run, and many connections are needed. If a table is vacuumed while it is
 * empty between two files, links to it are checked by reading it whole, by every connection that is kept: 20,000 rows then take a minute.
 */
const SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '200',
  autovacuum: 'off',
};

/** A new, migrated database for one test file. */
export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** The server of a whole run, with a migrated template: that of DATABASE_URL, else the embedded one. */
export interface TestServer {
  readonly url: string;
  readonly template: string;
  close(): Promise<void>;
}

export async function openTestServer(): Promise<TestServer> {
  const given = process.env.DATABASE_URL;
  const server = given ? { url: given, close: () => Promise.resolve() } : await openHasty();
  const template = `kith_template_${fingerprint()}`;
  await administer(server.url, async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    await ensureTemplate(client, server.url, template);
  });
  return { url: server.url, template, close: () => server.close() };
}

/** A copy of the template on the server of this run. The runner passes its address. */
export async function freshDatabase(): Promise<TestDatabase> {
  const { TEST_SERVER: server = '', TEST_TEMPLATE: template = '' } = process.env;
  const name = `kith_test_${randomBytes(6).toString('hex')}`;
  await administer(server, (client) => client.query(`create database ${name} template ${template}`));
  const drop = (): Promise<void> =>
    administer(server, (client) => client.query(`drop database if exists ${name} with (force)`));
  return { url: withDatabase(server, name), drop };
}

/** The embedded server. It keeps its settings; only the number of connections needs a restart. */
async function openHasty(): Promise<{ url: string; close(): Promise<void> }> {
  const options = { folder: join(tmpdir(), `kith-test-${userInfo().uid}-${ofThisCheckout()}`), log: () => undefined };
  const server = await openEmbedded(options);
  let isRoomy = false;
  await administer(server.url, async (client) => {
    for (const [name, value] of Object.entries(SETTINGS)) await client.query(`alter system set ${name} = ${value}`);
    await client.query('select pg_reload_conf()');
    const { rows } = await client.query<{ max_connections: string }>('show max_connections');
    isRoomy = rows[0]?.max_connections === SETTINGS.max_connections;
  });
  if (isRoomy) return server;
  await server.close();
  return openEmbedded(options);
}

/** Two checkouts of one user share no server: it runs from the packages of one, and a transaction of one holds the log of all. */
function ofThisCheckout(): string {
  return createHash('sha256').update(process.cwd()).digest('hex').slice(0, 8);
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

/** Two schemas never share a template: its name is a hash of the migrations' text. */
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
