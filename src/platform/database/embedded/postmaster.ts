import { spawn } from 'node:child_process';
import { open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Address, listenArguments } from './address.js';
import type { Binaries } from './binaries.js';
import type { Place } from './place.js';
import { isAlive, readPostmasterFile } from './postmaster-file.js';
import { BARE_ENVIRONMENT, run } from './run.js';

/** A server this program has just started. */
export interface Postmaster {
  /** undefined when it could not be spawned at all. */
  pid: number | undefined;
  /** Why it ended, or undefined as long as it runs. */
  ended: string | undefined;
}

/** A log file that was never overwritten, because the server never ran at midnight, is removed above this size. */
const LARGEST_LOG = 10 * 1024 * 1024;
const STOP_MS = 8_000;

/**
 * Starts the server in its own session: Ctrl-C in the terminal does not reach it, and it does not keep a Node process
 * alive. Its output before its own log is open goes to `start.log`, which is overwritten on each start.
 */
export async function startPostmaster(place: Place, binaries: Binaries, address: Address): Promise<Postmaster> {
  await dropLargeLogs(join(place.data, 'log'));
  const path = join(place.home, 'start.log');
  // Removed first: root may have left one that an ordinary user cannot open.
  await rm(path, { force: true });
  const file = await open(path, 'w', 0o600);
  const child = spawn(binaries.postgres, ['-D', place.data, ...listenArguments(address)], {
    cwd: place.home,
    env: BARE_ENVIRONMENT,
    detached: true,
    stdio: ['ignore', file.fd, file.fd],
    windowsHide: true,
    ...place.user,
  });
  const postmaster: Postmaster = { pid: child.pid, ended: undefined };
  child.on('error', (error) => (postmaster.ended = error.message));
  child.on('exit', () => {
    void lastWords(place, child.pid).then((words) => (postmaster.ended = words));
  });
  child.unref();
  await file.close();
  return postmaster;
}

/**
 * Stops the server in at most 25 s. Sessions are terminated and all data is written; if that takes too long, it is stopped
 * as in a crash, after which the next start recovers every acknowledged row. The signal goes to one process number:
 * `pg_ctl stop` watches the file instead, and stopped the next server when another program started one immediately.
 */
export async function stopPostmaster(place: Place, binaries: Binaries): Promise<void> {
  const file = await readPostmasterFile(place.data);
  if (!file) return;
  for (const signal of ['INT', 'QUIT']) {
    const options = { user: place.user, cwd: place.home, timeoutMs: 5_000 };
    await run(binaries.pg_ctl, ['kill', signal, String(file.pid)], options);
    const deadline = performance.now() + STOP_MS;
    while (performance.now() < deadline) {
      // Either can remain: the process number as a zombie, the file after a kill.
      const now = await readPostmasterFile(place.data);
      if (now?.pid !== file.pid || !isAlive(file.pid)) return;
      await delay(10);
    }
  }
}

/** The last output of a server: in start.log at first, then in its own log, which also contains other messages. */
async function lastWords({ home, data }: Place, pid: number | undefined): Promise<string> {
  const names = await readdir(join(data, 'log')).catch(() => []);
  const paths = [join(home, 'start.log'), ...names.map((name) => join(data, 'log', name))];
  const texts = await Promise.all(paths.map(async (path) => readFile(path, 'utf8').catch(() => '')));
  const lines = texts.join('\n').split('\n');
  const own = lines.filter((line) => line.includes(`[${pid}]`) || !/^\d{4}-.*\[\d+\]/.test(line));
  return own.filter((line) => line !== '').join('\n') || 'nothing';
}

async function dropLargeLogs(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const { size } = await stat(join(folder, name));
    if (size > LARGEST_LOG) await rm(join(folder, name), { force: true });
  }
}
