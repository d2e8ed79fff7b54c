import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { until, within } from '../harness/until.js';

export interface Launch {
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
  /** Can it be told something (`process.send`)? */
  readonly told?: boolean;
  /** What follows the file on the command line. */
  readonly words?: readonly string[];
  /**
   * Does it run in a session of its own, as under a service manager? A scheduler that shares by sessions would otherwise let it pay for what
   * the test computes. It has to see for itself when the test has gone.
   */
  readonly ownSession?: boolean;
}

/** With `npm test` alone, six of them at once, beside the tests, are to fit into two gigabytes. */
const FRUGAL = process.env.TEST_QUICK ? ['--max-semi-space-size=4'] : [];

/** One process of ours, and all it said. */
export class Child {
  out = '';
  err = '';
  private readonly process: ChildProcess;
  private readonly exit: Promise<unknown>;
  private asked = 0;

  constructor({ file, env, told = false, words = [], ownSession = false }: Launch) {
    this.process = spawn(process.execPath, [...FRUGAL, file, ...words], {
      stdio: ['ignore', 'pipe', 'pipe', ...(told ? ['ipc' as const] : [])],
      detached: ownSession,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', TZ: 'UTC', ...env },
    });
    this.exit = once(this.process, 'close');
    this.process.stdout?.on('data', (chunk: Buffer) => (this.out += chunk.toString()));
    this.process.stderr?.on('data', (chunk: Buffer) => (this.err += chunk.toString()));
  }

  get isRunning(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  get pid(): number {
    return Number(this.process.pid);
  }

  /** What it said on standard output, as soon as the pattern is there. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    return until(`the process says ${pattern}`, () => {
      const found = pattern.exec(this.out);
      if (!found && !this.isRunning) throw new Error(`The process ended before it said ${pattern}:\n${this.err}`);
      return found;
    });
  }

  /** Sends an order and answers what the process answers. */
  async ask<T>(order: object): Promise<T> {
    const number = (this.asked += 1);
    const answered = new Promise<T>((resolve) => {
      const listen = (answer: { number: number; answer: T }): void => {
        if (answer.number !== number) return;
        this.process.off('message', listen);
        resolve(answer.answer);
      };
      this.process.on('message', listen);
    });
    this.process.send({ ...order, number });
    return within(`the process answers ${JSON.stringify(order)}`, answered);
  }

  signal(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }

  /** Its exit code; null when a signal ended it. */
  async ended(): Promise<number | null> {
    await within(`the process ends:\n${this.out}${this.err}`, this.exit);
    return this.process.exitCode;
  }

  /** kill -9, which reaches a stopped process too. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended();
  }
}
