import type { Child } from './child.js';
import type { Letter, Manner, Order } from './receiver-process.js';

/** The test's end of the line to the receiver's process. */
export class Receiver {
  private constructor(
    private readonly child: Child,
    /** `host:port` */
    readonly host: string,
  ) {}

  static async of(child: Child): Promise<Receiver> {
    const [, port] = await child.says(/listens on (\d+)/);
    return new Receiver(child, `127.0.0.1:${port}`);
  }

  behave(path: string, manner: Manner): Promise<null> {
    return this.tell({ order: 'behave', path, manner });
  }

  /** From now on letters to this path are checked with this secret; null leaves them unchecked. */
  trust(path: string, secret: string | null): Promise<null> {
    return this.tell({ order: 'trust', path, secret });
  }

  /** Answers what is held. */
  release(): Promise<null> {
    return this.tell({ order: 'release' });
  }

  /** Every request so far, pings included. */
  letters(): Promise<Letter[]> {
    return this.tell({ order: 'letters' });
  }

  /** How many there are. */
  count(): Promise<number> {
    return this.tell({ order: 'count' });
  }

  private tell<T>(order: Order): Promise<T> {
    return this.child.ask<T>(order);
  }
}
