import { spawnSync } from 'node:child_process';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { type EmbeddedServer, openEmbedded } from '../../../../src/platform/database/embedded/embedded-server.js';
import { promised } from '../../../harness/figures.js';
import { cleanUp, isRoot, remember, scratch, serverPid } from './checkout.js';

const log: string[] = [];
let folder: string;
let server: EmbeddedServer;
let firstStartMs: number;

const open = async (at = folder): Promise<EmbeddedServer> =>
  remember(await openEmbedded({ folder: at, log: (sentence) => log.push(sentence) }));

async function ask<T extends object>(url: string, sql: string): Promise<T[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  folder = join(await scratch(), 'data with ü, "quotes"');
  const before = performance.now();
  server = await open();
  firstStartMs = performance.now() - before;
});

afterAll(async () => {
  await server.close();
  await cleanUp();
});

test('the first start makes a cluster and says so', () => {
  expect(server.started).toBe(true);
  expect(server.folder).toBe(join(folder, 'postgres'));
  promised(firstStartMs, 4_000);
  expect(log).toEqual(expect.arrayContaining([`Created a new database in ${server.folder}.`]));
});

test('the server is durable, in UTC and UTF-8, and logs no statements', async () => {
  const settings = await ask<{ name: string; setting: string }>(
    server.url,
    `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes',
     'TimeZone', 'listen_addresses', 'max_connections', 'server_encoding', 'log_truncate_on_rotation') order by 1`,
  );
  expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
    TimeZone: 'UTC',
    fsync: 'on',
    full_page_writes: 'on',
    listen_addresses: '',
    log_truncate_on_rotation: 'on',
    max_connections: '60',
    server_encoding: 'UTF8',
    synchronous_commit: 'on',
  });
  await expect(ask(server.url, `select 'a-private-word'::int`)).rejects.toThrow('invalid input syntax');
  const names = await readdir(join(server.folder, 'data/log'));
  const texts = await Promise.all(names.map(async (name) => readFile(join(server.folder, 'data/log', name), 'utf8')));
  expect(texts.join()).toContain('ready to accept connections');
  expect(texts.join()).not.toContain('a-private-word');
});

test('the URL works for TypeORM as it does for pg', async () => {
  const source = await new DataSource({ type: 'postgres', url: server.url }).initialize();
  const rows = await source.query<object[]>('select current_database() as name, current_user as role');
  await source.destroy();
  expect(rows).toEqual([{ name: 'kith', role: 'kith' }]);
});

test('nobody else reaches the data, the socket or the password', async () => {
  const modeOf = async (name: string): Promise<number> => (await lstat(join(server.folder, name))).mode & 0o777;
  expect(await modeOf('secret')).toBe(0o600);
  expect(await modeOf('data')).toBe(0o700);
  expect(await modeOf('socket')).toBe(0o700);
  expect(await modeOf('')).toBe(isRoot ? 0o711 : 0o700);
  const secret = await lstat(join(server.folder, 'secret'));
  expect(secret.uid).toBe(process.getuid?.());

  const wrong = server.url.replace(/:[0-9a-f]{64}@/, ':wrong@');
  await expect(ask(wrong, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  const rules = await ask<{ auth_method: string }>(server.url, 'select distinct auth_method from pg_hba_file_rules');
  expect(rules).toEqual([{ auth_method: 'scram-sha-256' }]);
  const socket = new URL(server.url).searchParams.get('host') ?? '';
  const entering = spawnSync('/bin/ls', [socket], isRoot ? { uid: 65534, gid: 65534 } : {});
  expect(entering.status === 0).toBe(!isRoot);
});

test('none of the secrets of the program are in the environment of the server', async () => {
  const pid = await serverPid(server.folder);
  const environment = await readFile(`/proc/${pid}/environ`, 'utf8');
  expect(
    environment
      .split('\0')
      .filter(Boolean)
      .map((entry) => entry.split('=')[0])
      .sort(),
  ).toEqual(expect.arrayContaining(['LC_ALL', 'PATH', 'TZ']));
  expect(environment).not.toContain('HOME=');
});

test('the last one out stops the server, the others do not', async () => {
  const second = await open();
  expect(second.started).toBe(false);
  expect(second.url).toBe(server.url);
  const pid = await serverPid(server.folder);
  await second.close();
  expect(await serverPid(server.folder)).toBe(pid);
  await server.close();
  expect(await serverPid(server.folder)).toBeUndefined();

  const before = performance.now();
  server = await open();
  expect(server.started).toBe(true);
  promised(performance.now() - before, 1_500);
});

test('of many that leave together, exactly the last stops it', async () => {
  const at = await scratch();
  for (let round = 0; round < 3; round++) {
    const all = await Promise.all([open(at), open(at), open(at), open(at)]);
    expect(all.filter(({ started }) => started)).toHaveLength(1);
    await Promise.all(all.map(async (one) => one.close()));
    expect(await serverPid(join(at, 'postgres'))).toBeUndefined();
  }
});

test('a newcomer during the last stop gets a server', async () => {
  const at = await scratch();
  const first = await open(at);
  const before = performance.now();
  const [, next] = await Promise.all([first.close(), open(at)]);
  // Ten times what it takes; a stop that watches the pid file instead of the process needs its whole 8 s.
  promised(performance.now() - before, 5_000);
  expect(await ask(next.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await next.close();
});

test('a deep folder gets its socket in a short one, as private', async () => {
  const deep = join(await scratch(), 'd'.repeat(100), 'e'.repeat(100));
  const one = await open(deep);
  const socket = new URL(one.url).searchParams.get('host') ?? '';
  expect(Buffer.byteLength(socket)).toBeLessThan(90);
  expect((await lstat(socket)).mode & 0o777).toBe(0o700);
  expect(await ask(one.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await one.close();
  spawnSync('rm', ['-rf', socket]);
});
