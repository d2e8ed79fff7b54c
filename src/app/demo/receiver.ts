import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signWebhook } from '../../kit/webhook-signature.js';
import type { Body } from './stage.js';

/** One request that arrived, and how it was answered. */
export interface Letter {
  readonly webhookId: string;
  readonly headers: IncomingHttpHeaders;
  /** The bytes that were signed, as text. */
  readonly text: string;
  readonly body: Body;
  /** The status that it was answered with. */
  readonly answered: number;
  /** In ms since the start of the process. */
  readonly at: number;
}

/** The receiver on loopback that stands for Slack and for a user's program. */
export interface Receiver {
  /** `host:port`, for the allow-list. */
  readonly host: string;
  /** The endpoint at a path. */
  box(path: string): Mailbox;
  close(): Promise<void>;
}

const PATIENCE_MS = 15_000;

/** One endpoint: keeps its messages until they are asked for. */
export class Mailbox {
  private readonly arrived: Letter[] = [];
  private readonly waiting: (() => void)[] = [];
  private refusals = 0;

  constructor(readonly url: string) {}

  /** The next request is answered with 500. */
  breakOnce(): void {
    this.refusals += 1;
  }

  /** Takes a request; answers its status. */
  take(headers: IncomingHttpHeaders, text: string): number {
    const answered = this.refusals > 0 ? 500 : 204;
    this.refusals = Math.max(0, this.refusals - 1);
    const body = JSON.parse(text) as Body;
    const at = performance.now();
    this.arrived.push({ webhookId: String(headers['webhook-id']), headers, text, body, answered, at });
    for (const wake of this.waiting.splice(0)) wake();
    return answered;
  }

  /** The first message, of those not returned yet, that matches; waits up to fifteen seconds. */
  async next(what: string, isMeant: (letter: Letter) => boolean): Promise<Letter> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const at = this.arrived.findIndex(isMeant);
      const [found] = at < 0 ? [] : this.arrived.splice(at, 1);
      if (found) return found;
      if (performance.now() > deadline) throw new Error(`No ${what} came to ${this.url}.`);
      await this.news(deadline - performance.now());
    }
  }

  /** Waits until a message arrives or the time is over. */
  private news(milliseconds: number): Promise<void> {
    return new Promise((wake) => {
      const timer = setTimeout(wake, milliseconds);
      this.waiting.push(() => {
        clearTimeout(timer);
        wake();
      });
    });
  }
}

/** Whether the signature of these bytes is valid (Standard Webhooks 1.0). */
export function isSigned({ webhookId, headers, text }: Letter, secret: string): boolean {
  const expected = signWebhook(secret, webhookId, Number(headers['webhook-timestamp']), text);
  return String(headers['webhook-signature']).split(' ').includes(expected);
}

export async function openReceiver(): Promise<Receiver> {
  const boxes = new Map<string, Mailbox>();
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      const box = boxes.get(request.url ?? '');
      response.writeHead(box ? box.take(request.headers, text) : 404).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const box = (path: string): Mailbox => {
    const made = new Mailbox(`http://${host}${path}`);
    boxes.set(path, made);
    return made;
  };
  const close = (): Promise<void> => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(() => closed()));
  };
  return { host, box, close };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
