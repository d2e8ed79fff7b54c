import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signWebhook } from '../kit/webhook-signature.js';

/** What a delivery carries. */
interface Delivered {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A small endpoint on loopback that checks signatures and prints each delivery as it comes. */
export interface Receiver {
  readonly url: string;
  /** `host:port`, for the allow-list. */
  readonly host: string;
  /** The secret that signatures are checked with from now on. */
  trust(secret: string): void;
  /** The next delivery of a type, at most ten seconds away. */
  next(type: string): Promise<Delivered>;
  close(): Promise<void>;
}

const PATIENCE_MS = 10_000;

export async function openReceiver(tell: (sentence: string) => void): Promise<Receiver> {
  const arrived: Delivered[] = [];
  const waiting: (() => void)[] = [];
  let secret: string | null = null;
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const event = JSON.parse(body) as Delivered;
      response.writeHead(204).end();
      tell(`\u2709 ${event.type}  ${titleOf(event)}  [${verdict(request, body, secret)}]`);
      arrived.push(event);
      for (const wake of waiting.splice(0)) wake();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  const next = async (type: string): Promise<Delivered> => {
    const late = new Promise<never>((_, reject) =>
      setTimeout(() => reject(new Error(`No ${type} came.`)), PATIENCE_MS).unref(),
    );
    for (;;) {
      const at = arrived.findIndex((event) => event.type === type);
      const [found] = at < 0 ? [] : arrived.splice(at, 1);
      if (found) return found;
      await Promise.race([new Promise<void>((wake) => waiting.push(wake)), late]);
    }
  };
  const close = (): Promise<void> => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(() => closed()));
  };
  return { url: `http://${host}/hook`, host, trust: (given) => (secret = given), next, close };
}

function verdict(request: IncomingMessage, body: string, secret: string | null): string {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = request.headers;
  if (!secret) return `webhook-id ${String(id)}`;
  const expected = signWebhook(secret, String(id), Number(timestamp), body);
  return String(signature).split(' ').includes(expected) ? 'signature verified' : 'SIGNATURE WRONG';
}

function titleOf({ data }: Delivered): string {
  return String(data.title ?? data.summary ?? data.description ?? '');
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
