import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { openEmbedded } from '../../../../src/platform/database/embedded/embedded-server.js';
import { promised, tell } from '../../../harness/figures.js';
import { checkout, cleanUp, isRunning, Program, remember, scratch, serverPid, type Told } from './checkout.js';

/** `KITH_SERVER_KILLS=50` for a long run. */
const KILLS = Number(process.env.KITH_SERVER_KILLS ?? 10);

let program: string;

beforeAll(async () => {
  program = await checkout();
});

afterAll(cleanUp);

/** Waits for a fact about another process, which tells no other way. */
async function until(fact: () => Promise<boolean>): Promise<void> {
  while (!(await fact())) await delay(5);
}

async function written(url: string): Promise<Set<string>> {
  const client = new Client(url);
  await client.connect();
  const { rows } = await client.query<{ key: string }>(`select run || '/' || n as key from written`);
  await client.end();
  return new Set(rows.map(({ key }) => key));
}

test(`K8: ${KILLS} kills -9, half of them with the server, lose no acknowledged row`, async () => {
  const folder = await scratch();
  const acknowledged: string[] = [];
  const openings: number[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const before = performance.now();
    const writer = new Program(program, 'write', folder);
    const { folder: home, started, error, message } = await writer.opened();
    expect({ error, message }).toEqual({});
    openings.push(performance.now() - before);
    // A server that lost only its program is found; one that was killed too is started again.
    expect(started).toBe(kill === 0 || kill % 2 === 0);
    for (let row = 0; row < 20 + (kill % 10) * 7; row++) {
      const told = await writer.next<{ run: string; n: number }>();
      acknowledged.push(`${told?.run}/${told?.n}`);
    }
    await writer.kill();
    if (kill % 2 === 1) process.kill((await serverPid(home)) ?? 0, 'SIGKILL');
  }
  const server = remember(await openEmbedded({ folder, log: () => undefined }));
  const rows = await written(server.url);
  await server.close();
  expect(acknowledged.length).toBeGreaterThan(KILLS * 20);
  expect(acknowledged.filter((key) => !rows.has(key))).toEqual([]);
  const slowest = Math.max(...openings);
  promised(slowest, 5_000);
  tell(`K8: ${KILLS} kills, ${acknowledged.length} acknowledged rows, slowest opening ${Math.round(slowest)} ms.`);
}, 600_000);

test('two first starts at once make one cluster, and closing one leaves the server to the other', async () => {
  const folder = await scratch();
  const programs = [new Program(program, 'hold', folder), new Program(program, 'hold', folder)] as const;
  const [one, other] = (await Promise.all(programs.map(async (each) => each.opened()))) as [Told, Told];
  expect(one.error ?? other.error).toBeUndefined();
  expect(one.url).toBe(other.url);
  expect([one.started, other.started].filter(Boolean)).toHaveLength(1);
  expect(await readdir(folder)).toEqual(['postgres']);

  const pid = await serverPid(one.folder);
  await programs[0].close();
  expect(await serverPid(one.folder)).toBe(pid);
  await programs[1].close();
  expect(await serverPid(one.folder)).toBeUndefined();
});

test('a killed program does not count: the next to leave stops the server', async () => {
  const folder = await scratch();
  const killed = new Program(program, 'hold', folder);
  const { folder: home } = await killed.opened();
  const pid = await serverPid(home);
  await killed.kill();
  expect(isRunning(pid ?? 0)).toBe(true);

  const next = new Program(program, 'hold', folder);
  expect(await next.opened()).toMatchObject({ started: false });
  await next.close();
  expect(await serverPid(home)).toBeUndefined();
});

test('a kill -9 in the middle of initdb leaves nothing that blocks the next start', async () => {
  const folder = await scratch();
  const killed = new Program(program, 'hold', folder);
  await until(async () => {
    const [half = ''] = await readdir(folder);
    return half !== '' && (await readdir(join(folder, half, 'data')).catch((): string[] => [])).includes('PG_VERSION');
  });
  await killed.kill();
  expect(await readdir(folder)).toEqual([expect.stringMatching(/^postgres\.half-/)]);

  const next = new Program(program, 'hold', folder);
  expect(await next.opened()).toMatchObject({ started: true });
  await next.close();
  // The orphaned initdb may have been writing while its half was swept away; it is gone by the next start.
  const last = new Program(program, 'hold', folder);
  await last.opened();
  await last.close();
  expect(await readdir(folder)).toEqual(['postgres']);
});

test('a pid file whose number now belongs to another program is stale', async () => {
  const folder = await scratch();
  const first = new Program(program, 'hold', folder);
  const { folder: home } = await first.opened();
  const pid = (await serverPid(home)) ?? 0;
  const file = join(home, 'data/postmaster.pid');
  const text = await readFile(file, 'utf8');
  await first.kill();
  process.kill(pid, 'SIGKILL');
  // This very process has the server's number now, and the server's user where that matters: PostgreSQL would refuse.
  const impostor = new Program(program, 'hold', await scratch());
  await impostor.opened();
  await writeFile(file, text.replace(/^\d+/, String(impostor.child.pid)));

  const next = new Program(program, 'hold', folder);
  expect(await next.opened()).toMatchObject({ started: true });
  await next.close();
  await impostor.close();
});

test('Ctrl-C in the terminal does not reach the server, and the server holds no program back', async () => {
  const folder = await scratch();
  const ended = new Program(program, 'leave', folder);
  const { folder: home } = await ended.opened();
  await ended.ended();
  expect(ended.child.exitCode).toBe(0);

  const interrupted = new Program(program, 'hold', folder);
  await interrupted.opened();
  const pid = await serverPid(home);
  // The whole process group, as a terminal does it.
  process.kill(-(interrupted.child.pid ?? 0), 'SIGINT');
  await interrupted.ended();
  const next = new Program(program, 'hold', folder);
  expect(await next.opened()).toMatchObject({ started: false });
  expect(await serverPid(home)).toBe(pid);
  await next.close();
});

test('a server that dies under the program is started again, at the same address', async () => {
  const folder = await scratch();
  const log: string[] = [];
  let tellBack = (): void => undefined;
  const back = new Promise<void>((resolve) => (tellBack = resolve));
  const server = remember(
    await openEmbedded({
      folder,
      log: (sentence) => {
        log.push(sentence);
        if (sentence.includes('there again')) tellBack();
      },
    }),
  );
  process.kill((await serverPid(server.folder)) ?? 0, 'SIGKILL');
  await back;
  const client = new Client(server.url);
  await client.connect();
  await client.end();
  await server.close();
  expect(await serverPid(server.folder)).toBeUndefined();
  expect(log.slice(-2)).toEqual(['Lost the database server; looking for it.', 'The database server is there again.']);
});
