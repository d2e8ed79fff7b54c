import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestDatabase } from '../harness/databases.js';
import { OwnServer } from './own-server.js';
import { until } from '../harness/until.js';

const NAME = 'faketime/libfaketime.so.1';
const FOLDERS = ['/usr/lib', ...readdirSync('/usr/lib').map((folder) => join('/usr/lib', folder))];

/** What makes a program's calendar clock another one; its timers stay as they are. Debian's package is `libfaketime`. */
async function fakeTime(how: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  for (const folder of FOLDERS) {
    const library = join(folder, NAME);
    if (await stat(library).catch(() => null)) {
      return { LD_PRELOAD: library, FAKETIME_DONT_FAKE_MONOTONIC: '1', DONT_FAKE_MONOTONIC: '1', ...how };
    }
  }
  throw new Error('libfaketime is not there: apt-get install libfaketime.');
}

/** The environment of a process that is always so far from the true time, such as `-1d`. */
export function shifted(by: string): Promise<Record<string, string>> {
  return fakeTime({ FAKETIME: by });
}

/** A PostgreSQL server whose clock may be put forward and back. */
export class ShiftedServer implements TestDatabase {
  private constructor(
    private readonly own: OwnServer,
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  /** The server of a test, started once more as what it was, but under libfaketime. */
  static async open(): Promise<ShiftedServer> {
    const folder = await mkdtemp(join(tmpdir(), 'kith-clock-'));
    await chmod(folder, 0o755);
    await writeFile(join(folder, 'clock'), '+0');
    const clock = await fakeTime({ FAKETIME_TIMESTAMP_FILE: join(folder, 'clock'), FAKETIME_NO_CACHE: '1' });
    const own = await OwnServer.open();
    const { command, uid, gid } = await own.standDown();
    const [program = '', ...words] = command;
    const env = { LC_ALL: 'C', TZ: 'UTC', PATH: process.env.PATH, ...clock };
    const child = spawn(program, words, { cwd: '/', env, uid, gid, stdio: 'ignore' });
    const server = new ShiftedServer(own, child, folder);
    await until('the server answers', () => server.now().catch(() => null));
    return server;
  }

  get url(): string {
    return this.own.url;
  }

  /** @param by the distance from the true time, such as `+30d` */
  async shift(by: string): Promise<void> {
    await writeFile(join(this.folder, 'clock'), by);
  }

  /** What the server takes for now. */
  async now(): Promise<Date> {
    const client = new pg.Client({ connectionString: this.url });
    await client.connect();
    const { rows } = await client.query<{ now: Date }>('select now()');
    await client.end();
    return rows[0]?.now ?? new Date(NaN);
  }

  async drop(): Promise<void> {
    const ended = once(this.process, 'close');
    this.process.kill('SIGQUIT');
    await ended;
    await this.own.remove();
    await rm(this.folder, { recursive: true });
  }
}
