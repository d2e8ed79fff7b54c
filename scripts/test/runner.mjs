import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A file that changes modules for the whole process, for example by declaring a resource, gets its own process. */
const ALONE = /\.alone\.test\.ts$/;

const PROCESSES = /[\\/]test[\\/]processes[\\/]/;

/** Random walks take minutes, whatever the size of their file. */
const WALKS = /[\\/]walks[\\/]/;

/**
 * The Jest runner of this project. A few processes run one file after another, with modules that SWC has compiled and
 * that are loaded once per process. Jest's default runner gives every file its own virtual machine and modules, which
 * takes half of the time of a file.
 */
export default class Runner {
  constructor(settings) {
    this.settings = settings;
  }

  async runTests(tests, watcher, onStart, onResult, onFailure) {
    const waiting = inOrder(tests);
    const work = async (next) => {
      let worker = null;
      for (let test = next(); test && !watcher.isInterrupted(); test = next()) {
        await onStart(test);
        if (ALONE.test(test.path)) worker = await worker?.end();
        worker ??= new TestProcess(this.settings);
        try {
          const { result, error, isFull } = await worker.run(test.path);
          await (error ? onFailure(test, error) : onResult(test, result));
          if (isFull) worker = await worker.end();
        } catch (error) {
          worker = null;
          await onFailure(test, error);
        }
        if (ALONE.test(test.path)) worker = await worker?.end();
      }
      await worker?.end();
    };
    const lanes = [() => waiting.shift(), ...Array(this.settings.maxWorkers - 1).fill(() => waiting.pop())];
    await Promise.all(lanes.map(work));
  }
}

/**
 * Files that start real processes come first. One process begins with them and the others begin at the end of the list,
 * because two such files at once would slow each other down. Then come the walks, which take minutes and need what a core gives. Jest
 * lists the longest file first, so the rest is reversed: its last file is the longest, and the processes meet at short files.
 */
function inOrder(tests) {
  const starts = tests.filter(({ path }) => PROCESSES.test(path));
  const walks = tests.filter(({ path }) => WALKS.test(path));
  const rest = tests.filter(({ path }) => !PROCESSES.test(path) && !WALKS.test(path));
  return [...starts, ...walks, ...rest.reverse()];
}

/** Tests make much garbage that lives for short: with twice V8's usual room for it, collecting it takes half of the time. */
const YOUNG = '--max-semi-space-size=32';

export class TestProcess {
  /** `rootDir` is the checkout whose tests run: this one, or a copy with a mutant in it. */
  constructor({ rootDir, testNamePattern, testTimeout }, options = {}) {
    this.orders = { rootDir, testNamePattern, testTimeout };
    this.child = fork(join(rootDir, 'scripts/test/process.mjs'), {
      execArgv: ['--enable-source-maps', '--no-warnings', YOUNG],
      ...options,
    });
    this.ended = once(this.child, 'exit').then(([code, signal]) => {
      throw new Error(`The process of the tests ended in the middle of them (${signal ?? code}).`);
    });
    this.ended.catch(() => undefined);
  }

  /** @throws Error when the process ended before it answered */
  async run(path) {
    const answered = once(this.child, 'message').then(([answer]) => answer);
    this.child.send({ path, ...this.orders });
    return Promise.race([answered, this.ended]);
  }

  async end() {
    this.child.disconnect();
    await this.ended.catch(() => undefined);
  }

  /** For a process that hangs. */
  async kill() {
    this.child.kill('SIGKILL');
    await this.ended.catch(() => undefined);
  }
}
