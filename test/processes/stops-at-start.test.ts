import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until, within } from '../harness/until.js';
import { cleanUp, remember } from '../platform/database/embedded/checkout.js';
import { compiled } from './compiled.js';
import { some } from '../harness/size.js';

/**
 * Signals at every moment of the start with the embedded database: whenever it comes, no server is left behind. The moments
 * are what the program has said or made by then.
 */

let folder: string;
/** The folder of the moments after the database was made. */
let shared: string;
let program: ChildProcess;
let said = '';
const folders: string[] = [];

const fresh = async (): Promise<string> => {
  const made = await mkdtemp(join(tmpdir(), 'kith-moment-'));
  folders.push(made);
  return made;
};

beforeAll(async () => {
  shared = await fresh();
});
afterEach(() => {
  program.kill('SIGKILL');
  const home = /(?:Started PostgreSQL|lies) in ([^"\s:]+?)\.?["\s:]/.exec(said)?.[1];
  if (home) remember({ folder: home });
  said = '';
});
afterAll(async () => {
  await cleanUp();
  for (const made of folders) await rm(made, { recursive: true, force: true, maxRetries: 3 });
});

function start(file: string, words: readonly string[] = []): void {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, NODE_ENV: 'production', DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'debug' };
  program = spawn(process.execPath, [compiled(file), ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [program.stdout, program.stderr])
    stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
}

const entries = (): Promise<string[]> => readdir(folder, { recursive: true }).catch(() => []);

/** Servers of this folder, and the programs that make one. */
async function servers(): Promise<string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const line = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
    const isOurs = line.includes(`${folder}/`) || line.includes(homeOf());
    if (/(postgres|initdb)/.test(line) && isOurs && Number(pid) !== program.pid) found.push(`${pid}: ${line}`);
  }
  return found;
}

/** Where root keeps the database, if the server's user cannot enter the folder. */
function homeOf(): string {
  return /(?:lies|in) (\/var\/lib\/kith\/[^"\s:]+)/.exec(said)?.[1] ?? `${folder}/`;
}

/** The moment, or the end of the program, which then was faster. */
function moment(what: string, came: () => boolean | Promise<boolean>): Promise<unknown> {
  return until(what, async () => program.exitCode !== null || program.signalCode !== null || (await came()));
}

const heard = (pattern: RegExp) => () => pattern.test(said);
const made = (pattern: RegExp) => async () => (await entries()).some((name) => pattern.test(name));
type Moment = readonly [what: string, came: () => boolean | Promise<boolean>];

const AT_FIRST: readonly Moment[] = [
  ['the process is there', () => program.pid !== undefined],
  ['something is in the folder', made(/./)],
  ['the encryption key is written', made(/^encryption\.key$/)],
  ['the database is being made', async () => (await servers()).some((line) => line.includes('initdb'))],
  ['the first server is there', async () => (await servers()).some((line) => !line.includes('initdb'))],
];
const LATER: readonly Moment[] = [
  ['a server is there', async () => (await servers()).length > 0],
  ['it was told of', heard(/(Started|Found) PostgreSQL/)],
  ['the modules are there', heard(/InstanceLoader|dependencies initialized/)],
  ['the routes are there', heard(/RoutesResolver|Mapped \{/)],
  ['it greets', heard(/Kith is running/)],
];

async function ended(): Promise<void> {
  if (program.exitCode === null && program.signalCode === null) await within('the program ends', once(program, 'exit'));
  await until('no server is left', async () => (await servers()).length === 0);
}

it.each(some(AT_FIRST, 2))('SIGTERM at the first start leaves no server behind when %s', async (what, came) => {
  folder = await fresh();
  start('src/app/main.ts');
  await moment(what, came);
  program.kill('SIGTERM');
  await ended();
});

describe.each(['SIGTERM', 'SIGINT'] as const)('%s leaves no server behind', (signal) => {
  it.each(some(signal === 'SIGTERM' ? LATER : LATER.slice(0, 2), 2))('when %s', async (what, came) => {
    folder = shared;
    start('src/app/main.ts');
    await moment(what, came);
    program.kill(signal);
    await ended();
  });
});

it('twice in a row neither', async () => {
  folder = shared;
  start('src/app/main.ts');
  await moment('a server is there', async () => (await servers()).length > 0);
  program.kill('SIGTERM');
  program.kill('SIGTERM');
  await ended();
});

it.each(some(LATER.slice(0, 3), 2))('nor does a command that is interrupted when %s', async (what, came) => {
  folder = shared;
  start('src/app/cli.ts', ['doctor']);
  await moment(what, came);
  program.kill('SIGTERM');
  await ended();
});
