import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { until } from '../harness/until.js';
import { cleanUp, isRunning, remember, serverPid } from '../platform/database/embedded/checkout.js';
import { compiled } from './compiled.js';

let folder: string;
let npm: ChildProcess;
let said: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kith-npm-'));
  const start = `process.stdout.write(\`pid \${process.pid}\\n\`);\nawait import(${JSON.stringify(resolve('scripts/follow-npm.mjs'))});\nawait import(${JSON.stringify(compiled('src/app/main.ts'))});\n`;
  await writeFile(join(folder, 'start.mjs'), start);
});
afterEach(async () => {
  npm.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** `npm start` with the embedded database, as its shell runs the script. */
function start(script: string): void {
  said = '';
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, NODE_ENV: 'production', DATA_DIR: join(folder, 'data'), PORT: '0', LOG_LEVEL: 'info' };
  const text = JSON.stringify({ name: 'started', private: true, type: 'module', scripts: { start: script } });
  npm = spawn('sh', ['-c', `printf '%s' "$0" > package.json && exec npm start`, text], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [npm.stdout, npm.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
}

const says = (pattern: RegExp): Promise<RegExpExecArray> =>
  until(`npm start says ${pattern}`, () => {
    if (npm.exitCode !== null && !pattern.test(said)) throw new Error(`npm ended: ${said}`);
    return pattern.exec(said);
  });

/** The process of the database server, as soon as there is one. */
const server = async (): Promise<number> => {
  const [, home = ''] = await says(/Started PostgreSQL in ([^"\s]+?)\.?["\s]/);
  remember({ folder: home });
  const pid = await serverPid(home);
  if (!pid) throw new Error(`No server runs in ${home}.`);
  return pid;
};

const gone = (pid: number): Promise<boolean> =>
  until(`the process ${pid} is gone`, async () => !isRunning(pid) || (await isZombie(pid)));

/** It has ended, but nobody has asked how: not every container reaps what is left to it. */
async function isZombie(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return /\) Z /.test(status);
}

afterAll(cleanUp);

describe.each([
  ['SIGTERM', 'a shell that becomes the program', 'node start.mjs'],
  ['SIGTERM', 'a shell that stays, and passes nothing on', 'node start.mjs; true'],
] as const)('%s to npm start, by %s', (signal, _, script) => {
  it('stops program and database', async () => {
    start(script);
    const pid = Number((await says(/^pid (\d+)$/m))[1]);
    await says(/Kith is running/);
    const database = await server();
    npm.kill(signal);
    await Promise.all([gone(pid), gone(database)]);
  });
});

it('stops the database on a signal before the greeting', async () => {
  start('node start.mjs');
  const pid = Number((await says(/^pid (\d+)$/m))[1]);
  const database = await server();
  process.kill(pid, 'SIGTERM');
  await Promise.all([gone(pid), gone(database)]);
  expect(said).not.toMatch(/kith_\S{20}/);
});
