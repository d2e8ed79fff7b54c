import { Worker } from 'node:worker_threads';
import type { ThreadLimits } from './thread-limits.js';

/** What a desk says of an order: the answer, or that its time or memory was up. */
export type Service<Answer> = Answer | 'overran';

const LOOK_MS = 10;

/**
 * One thread that carries out orders, one after the other. It is started with the first order, and replaced when an order overruns. The
 * program of the thread posts one message when it is ready, and then one for each order. An `ArrayBuffer` of an order is handed over,
 * not copied: it is empty afterwards.
 */
export class Desk<Order extends object, Answer extends object> {
  private thread: Promise<Thread<Order, Answer>> | null = null;

  constructor(
    private readonly program: URL,
    private readonly limits: ThreadLimits,
  ) {}

  /**
   * Resolves with the answer, within the time limit from the moment that the thread is ready.
   * @throws Error when no thread can be started
   */
  async serve(order: Order): Promise<Service<Answer>> {
    this.thread ??= Thread.start<Order, Answer>(this.program, this.limits);
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

class Thread<Order extends object, Answer extends object> {
  private hear: (service: Service<Answer>) => void = () => undefined;

  private constructor(
    private readonly worker: Worker,
    private readonly limits: ThreadLimits,
  ) {
    worker.on('message', (answer: Answer) => this.hear(answer));
    worker.on('error', () => this.hear('overran'));
    worker.on('exit', () => this.hear('overran'));
  }

  /** The thread sees no environment, so nothing that it works on can show a secret of the installation. */
  static start<Order extends object, Answer extends object>(
    program: URL,
    limits: ThreadLimits,
  ): Promise<Thread<Order, Answer>> {
    const resourceLimits = { maxOldGenerationSizeMb: limits.mostMb, maxYoungGenerationSizeMb: 8, stackSizeMb: 2 };
    const worker = new Worker(program, { env: {}, execArgv: [], resourceLimits });
    return new Promise((resolve, reject) => {
      worker.once('error', reject);
      worker.once('message', () => {
        worker.off('error', reject);
        worker.unref();
        resolve(new Thread(worker, limits));
      });
    });
  }

  /** A thread without an order keeps no process alive. */
  async serve(order: Order): Promise<Service<Answer>> {
    this.worker.ref();
    const service = await new Promise<Service<Answer>>((resolve) => {
      const limit = new Limit(this.limits, () => resolve('overran'));
      this.hear = (heard) => {
        limit.lift();
        resolve(heard);
      };
      this.worker.postMessage(
        order,
        Object.values(order).filter((part) => part instanceof ArrayBuffer),
      );
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

  constructor(
    private readonly limits: ThreadLimits,
    private readonly isUp: () => void,
  ) {
    this.timer = this.soon(limits.mostMs);
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
    const { mostMs, longestMs } = this.limits;
    const isOver = (user + system) / 1_000 >= mostMs || performance.now() - this.begun >= longestMs;
    if (isOver) this.isUp();
    else this.timer = this.soon(LOOK_MS);
  }
}
