import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openEmbedded } from '../../../../src/platform/database/embedded/embedded-server.js';
import { checkout, cleanUp, ordinary, Program, remember, scratch, serverPid } from './checkout.js';

let program: string;
let folder: string;
let home: string;

const open = async (at = folder, startTimeoutMs = 30_000): Promise<{ close(): Promise<void>; folder: string }> =>
  remember(await openEmbedded({ folder: at, log: () => undefined, startTimeoutMs }));

const refusal = (words: RegExp): object => ({ name: 'EmbeddedDatabaseError', message: expect.stringMatching(words) });

beforeAll(async () => {
  program = await checkout();
  folder = await scratch();
  const server = await open();
  home = server.folder;
  await server.close();
});

afterAll(cleanUp);

test('a platform without a package', async () => {
  const told = await new Program(program, 'arch', await scratch()).opened();
  expect(told).toMatchObject({ error: 'EmbeddedDatabaseError' });
  expect(told.message).toMatch(/^No embedded PostgreSQL is installed for \w+ on s390x\. .*DATABASE_URL\.$/);
});

test('a folder that may not be written', async () => {
  // Made for whoever runs the tests, and closed to `ordinary`, also when both are the same.
  const closed = join(await scratch(0o755), 'closed');
  await mkdir(closed);
  await chmod(closed, 0o555);
  const told = await new Program(program, 'hold', closed, ordinary).opened();
  expect(told.error).toBe('EmbeddedDatabaseError');
  expect(told.message).toMatch(/cannot hold the database \(EACCES.*write access.*DATABASE_URL/);
});

test('a folder that is a file', async () => {
  const file = join(await scratch(), 'file');
  await writeFile(file, '');
  await expect(open(file)).rejects.toMatchObject(refusal(/cannot hold the database \(EEXIST/));
});

test('a disk that takes no more: initdb says why, and nothing is left behind', async () => {
  const full = await scratch(0o711, ordinary);
  // 100 blocks of 512 bytes a file: the first table that is larger fails.
  const told = await new Program(program, 'hold', full, ordinary, 'ulimit -f 100').opened();
  expect(told.error).toBe('EmbeddedDatabaseError');
  expect(told.message).toMatch(/could not be created in .*initdb said: .*\S.*200 MB free/s);
  expect(await readdir(full)).toEqual([]);
});

test('data of another major version', async () => {
  const file = join(home, 'data/PG_VERSION');
  const version = await readFile(file, 'utf8');
  await writeFile(file, '17\n');
  await expect(open()).rejects.toMatchObject(refusal(/written by PostgreSQL 17, .* includes PostgreSQL 18\. Export/));
  await writeFile(file, version);
});

test('a folder called postgres that is no cluster', async () => {
  const other = await scratch();
  await mkdir(join(other, 'postgres'));
  await writeFile(join(other, 'postgres/letter'), 'Dear database');
  await expect(open(other)).rejects.toMatchObject(refusal(/is there but holds no database/));
  expect(await readdir(other)).toEqual(['postgres']);
});

test('a password that is gone or does not fit', async () => {
  const file = join(home, 'secret');
  await rename(file, `${file}.away`);
  await expect(open()).rejects.toMatchObject(refusal(/cannot be read from .*secret/));
  await writeFile(file, 'wrong\n');
  await expect(open()).rejects.toMatchObject(refusal(/does not take the password/));
  await rename(`${file}.away`, file);
  await (await open()).close();
});

test('a server that does not start says why, instead of being waited for', async () => {
  const file = join(home, 'data/postgresql.conf');
  const settings = await readFile(file, 'utf8');
  await writeFile(file, `${settings}\nno_such_setting = on\n`);
  await expect(open()).rejects.toMatchObject(refusal(/does not start in .*no_such_setting/));
  await writeFile(file, settings);
});

test('a server that hangs is given up when time is up', async () => {
  const first = await open();
  const pid = (await serverPid(home)) ?? 0;
  process.kill(pid, 'SIGSTOP');
  await expect(open(folder, 1_000)).rejects.toMatchObject(refusal(/could not be reached within 1 s/));
  process.kill(pid, 'SIGCONT');
  await first.close();
  expect(await serverPid(home)).toBeUndefined();
  await rm(folder, { recursive: true });
});
