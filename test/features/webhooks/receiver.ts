import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HANG_MS } from '../../harness/until.js';

/** One request as the receiver saw it. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The event's name, when the body tells of an event. */
  readonly type: string | undefined;
}

export type Answer = (response: ServerResponse, received: Received) => void;

/** A real endpoint on loopback, which answers as it is told and remembers what came. */
export class Receiver {
  readonly received: Received[] = [];
  answer: Answer = status(200, 'ok');
  private waiting: (() => void)[] = [];

  private constructor(private readonly server: Server) {}

  static async start(host = '127.0.0.1'): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', (request, response) => void receiver.take(request, response));
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    return receiver;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  get url(): string {
    return `http://${this.host}/hook`;
  }

  /** The requests of one kind of event. */
  of(type: string): Received[] {
    return this.received.filter((received) => received.type === type);
  }

  /** Resolves when that many requests of a kind have come in all. */
  async until(type: string, count: number): Promise<Received[]> {
    await this.untilTrue(() => this.of(type).length >= count, `${count} ${type}`);
    return this.of(type);
  }

  /** Resolves when what came makes the condition true; it is asked again at each request. */
  async untilTrue(condition: () => boolean, sought: string): Promise<void> {
    const deadline = performance.now() + HANG_MS;
    const late = setTimeout(() => this.tell(), HANG_MS);
    while (!condition()) {
      if (performance.now() >= deadline) throw new Error(`waited for ${sought}; came: ${this.received.length} in all`);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    clearTimeout(late);
  }

  /** Forgets what came, and answers as in the beginning. */
  forget(): void {
    this.received.length = 0;
    this.answer = status(200, 'ok');
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { url = '', method = '', headers } = request;
    const body = Buffer.concat(chunks).toString('utf8');
    const { type } = JSON.parse(body === '' ? '{}' : body) as { type?: string };
    const received = { method, path: url, headers, body, type };
    this.received.push(received);
    this.answer(response, received);
    this.tell();
  }

  private tell(): void {
    for (const tell of this.waiting.splice(0)) tell();
  }
}

export function status(code: number, body = '', headers: Record<string, string> = {}): Answer {
  return (response) => void response.writeHead(code, headers).end(body);
}
