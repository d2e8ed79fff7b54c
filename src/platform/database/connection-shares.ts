import type { Pool } from 'pg';
import { Problem } from '../errors/problem.js';

/** How long a request waits for a connection of its account's share. */
const WAIT_MS = 5_000;
/** How many requests of one account may wait, for each connection that it may have. */
const WAITING = 50;
/** Of the pool, what accounts leave to the program itself: the keys of requests, and the worker's jobs. */
const OWN = 0.2;

interface Waiting {
  readonly account: string;
  readonly begin: () => void;
}

/** A connection that an account has. `end` gives it back. */
type End = () => void;

/**
 * Who may have how many connections of the pool at once. An account with slow statements waits for itself, and is refused after
 * a while; connections for other accounts and for the program itself stay free.
 */
export class ConnectionShares {
  private readonly counts = new Map<string, number>();
  private waiting: Waiting[] = [];
  private taken = 0;
  private readonly most: number;
  private readonly each: number;

  /** @param each how many connections one account may have; default half of the pool */
  constructor(pool: Pool, each?: number) {
    const { max } = pool.options;
    this.most = Math.max(1, max - Math.max(1, Math.floor(max * OWN)));
    this.each = Math.max(1, Math.min(this.most, each ?? Math.floor(max / 2)));
  }

  /** @throws Problem `unavailable` with `Retry-After` when the account has its share for too long */
  async run<R>(account: string, work: () => Promise<R>): Promise<R> {
    const end = this.mayBegin(account) ? this.begin(account) : await this.turnOf(account);
    try {
      return await work();
    } finally {
      end();
    }
  }

  private mayBegin(account: string): boolean {
    return this.taken < this.most && (this.counts.get(account) ?? 0) < this.each;
  }

  private begin(account: string): End {
    this.taken += 1;
    this.counts.set(account, (this.counts.get(account) ?? 0) + 1);
    return () => this.end(account);
  }

  private end(account: string): void {
    this.taken -= 1;
    const left = (this.counts.get(account) ?? 1) - 1;
    if (left > 0) this.counts.set(account, left);
    else this.counts.delete(account);
    const next = this.waiting.find((one) => this.mayBegin(one.account));
    next?.begin();
  }

  private turnOf(account: string): Promise<End> {
    const others = this.waiting.filter((one) => one.account === account).length;
    if (others >= WAITING * this.each) throw busy();
    return new Promise((resolve, reject) => {
      const leave = (): void => void (this.waiting = this.waiting.filter((one) => one !== waiting));
      const timer = setTimeout(() => {
        leave();
        reject(busy());
      }, WAIT_MS);
      const waiting = {
        account,
        begin: (): void => {
          clearTimeout(timer);
          leave();
          resolve(this.begin(account));
        },
      };
      this.waiting.push(waiting);
    });
  }
}

function busy(): Problem {
  const detail =
    'This account has as many statements under way as it may have at once. Try again shortly, or ask for less.';
  return new Problem('unavailable', detail, [], { 'retry-after': '1' });
}
