import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A file that teaches the program something, such as a resource of its own, has a process of its own. */
const ALONE = /\.alone\.test\.ts$/;

const PROCESSES = /[\\/]test[\\/]processes[\\/]/;

/**
 * Jest's runner for this house: a few processes take file after file, with modules that are loaded once a process and
 * that SWC has compiled before. Jest's own gives every file a virtual machine and modules of its own, half of what a file costs.
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
          const { result, error } = await worker.run(test.path);
          await (error ? onFailure(test, error) : onResult(test, result));
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
 * Files that start real processes come first, and one lane begins there, the others at the end: two such files at once
 * would take each other's time. Jest gives the longest first; so of the rest, the last is the longest, and the lanes meet
 * at short ones.
 */
function inOrder(tests) {
  const starts = tests.filter(({ path }) => PROCESSES.test(path));
  const rest = tests.filter(({ path }) => !PROCESSES.test(path));
  return [...starts, ...rest.reverse()];
}

class TestProcess {
  constructor({ rootDir, testNamePattern, testTimeout }) {
    this.orders = { rootDir, testNamePattern, testTimeout };
    this.child = fork(join(import.meta.dirname, 'process.mjs'), {
      execArgv: ['--enable-source-maps', '--no-warnings'],
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
}
