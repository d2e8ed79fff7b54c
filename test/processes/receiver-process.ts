import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { chance } from './chance.js';

/** How a path of the receiver answers. */
export interface Manner {
  /** `hold` answers nothing until it is released, and then 500. */
  readonly answer: 'accept' | 'fail' | 'hold' | 'reset' | 'gone' | 'redirect';
  /** Milliseconds before an answer. */
  readonly afterMs?: number;
  /** The share of requests, by a seeded generator, that is answered 500 instead. */
  readonly failRate?: number;
  readonly seed?: number;
}

/** One request, as it arrived. */
export interface Letter {
  readonly path: string;
  readonly id: string;
  readonly type: string;
  /** What the event is about: the `id` of its data. */
  readonly subject: string;
  /** SHA-256 of the body's bytes. */
  readonly hash: string;
  /** Did the `standardwebhooks` package accept it? Null where it was not asked. */
  readonly verified: boolean | null;
  /** When it had arrived, in milliseconds since the epoch. */
  readonly at: number;
  /** The status that was sent in full; null until then. */
  status: number | null;
}

export type Order =
  | { readonly order: 'behave'; readonly path: string; readonly manner: Manner }
  | { readonly order: 'trust'; readonly path: string; readonly secret: string | null }
  | { readonly order: 'release' }
  | { readonly order: 'letters' }
  | { readonly order: 'count' };

const STATUS = { accept: 200, hold: 500, fail: 500, gone: 410, redirect: 302 } as const;

/** A receiver in a process of its own, so that a busy test does not make it slow, and no kill of a worker reaches it. */
class Receiver {
  readonly letters: Letter[] = [];
  private readonly manners = new Map<string, Manner & { readonly dice: () => number }>();
  private readonly secrets = new Map<string, string | null>();
  private readonly held = new Set<() => void>();
  private readonly awaited = new Map<string, (() => void)[]>();

  obey(order: Order): unknown {
    if (order.order === 'behave') {
      this.manners.set(order.path, { ...order.manner, dice: chance(order.manner.seed ?? 1) });
    } else if (order.order === 'trust') this.trust(order.path, order.secret);
    else if (order.order === 'release') this.release();
    else if (order.order === 'letters') return this.letters;
    else return this.letters.length;
    return null;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const path = request.url ?? '';
    const letter = { ...letterOf(path, request, body), verified: await this.verifies(path, request, body) };
    this.letters.push(letter);
    const { answer, afterMs = 0, failRate = 0, dice } = this.manners.get(path) ?? { answer: 'accept', dice: () => 1 };
    if (answer === 'reset') return void request.socket.destroy();
    if (answer === 'hold') await new Promise<void>((resolve) => this.held.add(resolve));
    if (afterMs > 0) await delay(afterMs);
    const status = dice() < failRate ? 500 : STATUS[answer];
    response.writeHead(status, answer === 'redirect' ? { location: '/elsewhere' } : {});
    response.end(() => (letter.status = status));
  }

  private trust(path: string, secret: string | null): void {
    this.secrets.set(path, secret);
    for (const resume of this.awaited.get(path) ?? []) resume();
    this.awaited.delete(path);
  }

  private release(): void {
    for (const resume of this.held) resume();
    this.held.clear();
  }

  /** The first ping can be here before the answer that shows the secret: it waits for it. */
  private async verifies(path: string, { headers }: IncomingMessage, body: Buffer): Promise<boolean | null> {
    if (!this.secrets.has(path)) {
      await new Promise<void>((resume) => this.awaited.set(path, [...(this.awaited.get(path) ?? []), resume]));
    }
    const secret = this.secrets.get(path);
    if (!secret) return null;
    try {
      new Webhook(secret).verify(body, headers as Record<string, string>);
      return true;
    } catch {
      return false;
    }
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function letterOf(path: string, request: IncomingMessage, body: Buffer): Omit<Letter, 'verified'> {
  const { type, data } = JSON.parse(body.toString()) as { type: string; data: { id: string } };
  const hash = createHash('sha256').update(body).digest('hex');
  return {
    path,
    id: String(request.headers['webhook-id']),
    type,
    subject: data.id,
    hash,
    at: Date.now(),
    status: null,
  };
}

const receiver = new Receiver();
const server = createServer((request, response) => {
  receiver.answer(request, response).catch(() => request.socket.destroy());
});
process.on('message', (order: Order & { number: number }) => {
  process.send?.({ number: order.number, answer: receiver.obey(order) });
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => process.stdout.write(`listens on ${(server.address() as AddressInfo).port}\n`));
