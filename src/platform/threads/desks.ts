import { Desk } from './desk.js';
import type { Service } from './desk.js';
import type { ThreadLimits } from './thread-limits.js';
import { Turns } from './turns.js';

interface Waiting<Order, Answer> {
  readonly order: Order;
  readonly resolve: (service: Service<Answer>) => void;
  readonly reject: (reason: unknown) => void;
}

interface Room extends ThreadLimits {
  /** More of one account do not wait. */
  readonly mostWaiting: number;
}

/** One account holds one desk at most, so the other one is free for all others. */
const DESKS = 2;

/**
 * Threads with a limit of time and of memory, for work whose cost somebody else chooses. Accounts take turns, and no thread is started
 * before the first order.
 */
export class Desks<Order extends object, Answer extends object> {
  private readonly turns = new Turns<Waiting<Order, Answer>>();
  private readonly free: Desk<Order, Answer>[];
  private readonly served = new Set<string>();
  private closing = false;

  /** @param program the module that each thread runs */
  constructor(
    program: URL,
    private readonly room: Room,
  ) {
    this.free = Array.from({ length: DESKS }, () => new Desk<Order, Answer>(program, room));
  }

  /** Whether so much of this account waits that nothing more may. */
  isCrowdedFor(accountId: string): boolean {
    return this.turns.of(accountId) >= this.room.mostWaiting;
  }

  serve(accountId: string, order: Order): Promise<Service<Answer>> {
    return new Promise((resolve, reject) => {
      this.turns.add(accountId, { order, resolve, reject });
      this.start();
    });
  }

  async close(): Promise<void> {
    this.closing = true;
    await Promise.all(this.free.map((desk) => desk.close()));
  }

  private start(): void {
    for (let desk = this.free.at(-1); desk; desk = this.free.at(-1)) {
      const next = this.turns.next((owner) => !this.served.has(owner));
      if (!next) return;
      this.free.pop();
      void this.serveAt(desk, next);
    }
  }

  private async serveAt(
    desk: Desk<Order, Answer>,
    { owner, one }: { owner: string; one: Waiting<Order, Answer> },
  ): Promise<void> {
    this.served.add(owner);
    await desk.serve(one.order).then(one.resolve, one.reject);
    this.served.delete(owner);
    if (this.closing) return desk.close();
    this.free.push(desk);
    this.start();
  }
}
