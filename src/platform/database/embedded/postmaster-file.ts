import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { run } from './run.js';

/**
 * What `postmaster.pid` says: the file the server writes into its data folder while it runs.
 * Source: PostgreSQL, src/include/utils/pidfile.h.
 */
export interface PostmasterFile {
  pid: number;
  port: number;
  /** Folder of the unix socket, empty when there is none. */
  socketFolder: string;
}

/** Reads the file; undefined when there is none, or the server has only begun to write it. */
export async function readPostmasterFile(data: string): Promise<PostmasterFile | undefined> {
  const text = await readIfThere(join(data, 'postmaster.pid'));
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3] ?? 0), socketFolder: lines[4] ?? '' };
}

/** True when a process has this number, regardless of its owner. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/**
 * True unless the process is certainly not the server of this data. After a crash its number may belong to any
 * program, and PostgreSQL then refuses to start; the opposite mistake would remove the file of a running server.
 */
export async function mayBeServer(pid: number, data: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform === 'win32') return true;
  const words = await commandLine(pid);
  const program = words[0] ?? '';
  // Only children of a server have a title such as 'postgres: checkpointer'.
  if (!/^(postgres|postmaster)$/.test(basename(program))) return false;
  const folder = words[words.indexOf('-D') + 1];
  return folder === undefined || (await isSameFolder(folder, data)) !== false;
}

/**
 * Removes the lock files of a server that no longer runs, so that PostgreSQL starts even if another program has its
 * process number, or if it is a zombie. Between reading and moving the file, another program may have started a
 * server: so the file is compared after it was moved, and put back if it belongs to the new server.
 */
export async function retireLockFiles(data: string, address: { socketFolder: string; port: number }): Promise<void> {
  const paths = [join(data, 'postmaster.pid')];
  if (address.socketFolder !== '') paths.push(join(address.socketFolder, `.s.PGSQL.${address.port}.lock`));
  for (const path of paths) {
    const text = await readIfThere(path);
    const pid = Number.parseInt(text, 10);
    if (text === '' || (pid > 0 && (await mayBeServer(pid, data)))) continue;
    const aside = `${path}.${randomBytes(4).toString('hex')}`;
    await rename(path, aside).catch(ignoreAbsence);
    const moved = await readIfThere(aside);
    if (moved !== '' && moved !== text) await link(aside, path).catch(() => undefined);
    await rm(aside, { force: true });
  }
}

async function readIfThere(path: string): Promise<string> {
  return (await readFile(path, 'utf8').catch(ignoreAbsence)) ?? '';
}

function ignoreAbsence(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}

/** The arguments of a process; empty if they cannot be read. Those of our own servers can always be read. */
async function commandLine(pid: number): Promise<string[]> {
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return text.split('\0');
  }
  const { output } = await run('ps', ['-ww', '-p', String(pid), '-o', 'command='], {
    user: undefined,
    cwd: '/',
    timeoutMs: 10_000,
  });
  return [output.split(' -D ')[0] ?? ''];
}

/** undefined when the first does not exist: the folder may have been moved under a running server. */
async function isSameFolder(one: string, other: string): Promise<boolean | undefined> {
  const [a, b] = await Promise.all([stat(one).catch(() => undefined), stat(other)]);
  return a && a.dev === b.dev && a.ino === b.ino;
}
