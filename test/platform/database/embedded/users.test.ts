import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { checkout, cleanUp, isRoot, ordinary, Program, scratch, serverPid } from './checkout.js';

afterAll(cleanUp);

async function ownerOfServer(home: string): Promise<number> {
  return (await stat(`/proc/${await serverPid(home)}`)).uid;
}

async function answers(url: string): Promise<unknown> {
  const client = new Client(url);
  await client.connect();
  const { rows } = await client
    .query<{ answer: unknown }>(`select similarity('kith', 'kith') as answer`)
    .catch(async () => {
      await client.query('create extension pg_trgm; create extension unaccent; create extension pg_stat_statements');
      return client.query<{ answer: unknown }>(`select similarity('kith', 'kith') as answer`);
    });
  await client.end();
  return rows[0]?.answer;
}

test('an ordinary user runs it as itself, from a checkout that it may only read and that has no links', async () => {
  const program = await checkout(0o755, true);
  const folder = await scratch(0o700, ordinary);
  const one = new Program(program, 'hold', folder, ordinary);
  const told = await one.opened();
  expect({ error: told.error, message: told.message }).toEqual({});
  expect(told.folder).toBe(join(folder, 'postgres'));
  expect(await ownerOfServer(told.folder)).toBe(told.uid);
  expect((await lstat(join(told.folder, 'secret'))).uid).toBe(told.uid);
  expect(await answers(told.url)).toBe(1);
  // Root's checkout is read-only for nobody: the programs are copied. One's own is mended in place.
  const copies = (await readdir(folder)).filter((name) => name.startsWith('postgresql-'));
  expect(copies).toHaveLength(isRoot ? 1 : 0);
  expect((await readdir(folder)).filter((name) => name.includes('half'))).toEqual([]);

  // Whoever else runs these tests, root or the same user, finds the server and leaves it to the first.
  const other = new Program(program, 'hold', folder);
  expect(await other.opened()).toMatchObject({ started: false, url: told.url });
  await other.close();
  expect(await serverPid(told.folder)).toBeDefined();
  await one.close();

  // And what root starts and stops in between leaves nothing behind that locks the owner out.
  for (const user of [{}, ordinary]) {
    const next = new Program(program, 'hold', folder, user);
    expect(await next.opened()).toMatchObject({ started: true, url: told.url });
    expect(await ownerOfServer(told.folder)).toBe(told.uid);
    await next.close();
  }
});

test('in a folder that only its owner can enter it works for root too, and says where', async () => {
  const program = await checkout(0o700, true);
  const folder = join(program, 'data');
  const first = new Program(program, 'hold', folder);
  const told = await first.opened();
  expect({ error: told.error, message: told.message }).toEqual({});
  const home = isRoot ? expect.stringMatching(/^\/var\/lib\/kith\/[0-9a-f]{16}\/postgres$/) : join(folder, 'postgres');
  expect(told.folder).toEqual(home);
  expect(told.log.filter((sentence) => sentence.startsWith('The database lies in'))).toHaveLength(isRoot ? 1 : 0);
  expect((await ownerOfServer(told.folder)) === 0).toBe(false);
  expect((await lstat(program)).mode & 0o777).toBe(0o700);
  expect(await answers(told.url)).toBe(1);
  await first.close();

  const again = new Program(program, 'hold', folder);
  expect(await again.opened()).toMatchObject({ folder: told.folder, started: true });
  await again.close();
});

test('a folder that root can share with the server stays where it was asked for', async () => {
  const program = await checkout();
  const folder = await scratch(0o711);
  const one = new Program(program, 'hold', folder);
  const told = await one.opened();
  expect(told.folder).toBe(join(folder, 'postgres'));
  expect((await ownerOfServer(told.folder)) === 0).toBe(false);
  expect((await lstat(folder)).mode & 0o777).toBe(0o711);
  await one.close();

  // Another user is told whose it is, instead of being given an empty database; the owner just opens it.
  const other = new Program(program, 'hold', folder, ordinary);
  const answer = await other.opened();
  expect(answer.message ?? '').toMatch(
    isRoot ? /^The database in .* belongs to the OS user with the number \d+\./ : /^$/,
  );
  if (!isRoot) await other.close();
});
