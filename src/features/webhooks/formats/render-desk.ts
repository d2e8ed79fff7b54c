import { Worker } from 'node:worker_threads';
import { LONGEST_MS, MOST_MB, MOST_MS } from './template-limits.js';
import type { RenderAnswer, RenderOrder } from './template-thread.js';

/** What a desk says of an order: the answer, or that its time or memory was up. */
export type Service = RenderAnswer | 'overran';

const LOOK_MS = 10;
const THREAD = new URL('./template-thread.js', import.meta.url);

/** One thread that renders, one order after the other. It is started with the first order, and replaced when an order overruns. */
export class RenderDesk {
  private thread: Promise<RenderThread> | null = null;

  /**
   * Resolves with the answer, within the time limit from the moment that the thread is ready.
   * @throws Error when no thread can be started
   */
  async serve(order: RenderOrder): Promise<Service> {
    this.thread ??= RenderThread.start();
    const starting = this.thread;
    try {
      const service = await (await starting).serve(order);
      if (service === 'overran') await this.close();
      return service;
    } catch (error) {
      this.thread = null;
      throw error;
    }
  }

  /** Ends the thread, whatever it is doing. */
  async close(): Promise<void> {
    const thread = this.thread;
    this.thread = null;
    await (await thread)?.end();
  }
}

class RenderThread {
  private hear: (service: Service) => void = () => undefined;

  private constructor(private readonly worker: Worker) {
    worker.on('message', (answer: RenderAnswer) => this.hear(answer));
    worker.on('error', () => this.hear('overran'));
    worker.on('exit', () => this.hear('overran'));
  }

  /** The thread sees no environment, so no template can show a secret of the installation. */
  static start(): Promise<RenderThread> {
    const limits = { maxOldGenerationSizeMb: MOST_MB, maxYoungGenerationSizeMb: 8, stackSizeMb: 2 };
    const worker = new Worker(THREAD, { env: {}, execArgv: [], resourceLimits: limits });
    return new Promise((resolve, reject) => {
      worker.once('error', reject);
      worker.once('message', () => {
        worker.off('error', reject);
        worker.unref();
        resolve(new RenderThread(worker));
      });
    });
  }

  /** A thread without an order keeps no process alive. */
  async serve(order: RenderOrder): Promise<Service> {
    this.worker.ref();
    const service = await new Promise<Service>((resolve) => {
      const limit = new Limit(() => resolve('overran'));
      this.hear = (heard) => {
        limit.lift();
        resolve(heard);
      };
      this.worker.postMessage(order);
    });
    this.worker.unref();
    return service;
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}

/**
 * The time of one order. It is up when the whole process has computed for so long: then the thread may have, and where the machine is
 * busy with other things a thread that waits for its turn is not blamed for them.
 */
class Limit {
  private readonly begun = performance.now();
  private readonly computed = process.cpuUsage();
  private timer: NodeJS.Timeout;

  constructor(private readonly isUp: () => void) {
    this.timer = this.soon(MOST_MS);
  }

  lift(): void {
    clearTimeout(this.timer);
  }

  /** When this thread was busy itself, the answer is there already and is read first. */
  private soon(ms: number): NodeJS.Timeout {
    return setTimeout(() => setImmediate(() => this.look()), ms);
  }

  private look(): void {
    const { user, system } = process.cpuUsage(this.computed);
    const isOver = (user + system) / 1_000 >= MOST_MS || performance.now() - this.begun >= LONGEST_MS;
    if (isOver) this.isUp();
    else this.timer = this.soon(LOOK_MS);
  }
}
