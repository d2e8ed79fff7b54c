import type { ServerResponse } from 'node:http';
import { Problem } from '../errors/problem.js';

/** So many large requests of one account are in memory at once. */
const MOST_AT_ONCE = 2;

interface Waiting {
  readonly enter: () => void;
}

/** The large requests of one account: those that are let in, and those that wait. */
interface Queue {
  inside: number;
  readonly waiting: Set<Waiting>;
}

/**
 * Lets in the large bodies of an account a few at a time. The others wait unread, where TCP holds them back: 30 bodies of 1 MB at
 * once, parsed and checked, would take 400 MB.
 */
export class Intake {
  private readonly queues = new Map<string, Queue>();

  /**
   * Fulfilled when the body may be read; the place is given back when the answer was sent or the connection is gone.
   * @throws Problem `request_timeout` if the connection is gone before
   */
  async enter(accountId: string, response: ServerResponse): Promise<void> {
    const queue = this.queues.get(accountId) ?? { inside: 0, waiting: new Set() };
    this.queues.set(accountId, queue);
    if (queue.inside < MOST_AT_ONCE) queue.inside += 1;
    else await turn(queue, response);
    if (response.destroyed) this.leave(accountId, queue);
    else response.once('close', () => this.leave(accountId, queue));
  }

  /** The place goes to the next who waits, if there is one. */
  private leave(accountId: string, queue: Queue): void {
    const [next] = queue.waiting;
    if (next) {
      queue.waiting.delete(next);
      next.enter();
      return;
    }
    queue.inside -= 1;
    if (queue.inside === 0) this.queues.delete(accountId);
  }
}

function turn({ waiting }: Queue, response: ServerResponse): Promise<void> {
  return new Promise((enter, fail) => {
    const own: Waiting = { enter };
    waiting.add(own);
    response.once('close', () => {
      if (waiting.delete(own)) fail(new Problem('request_timeout', 'The client has gone.'));
    });
  });
}
