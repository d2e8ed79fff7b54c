import { Injectable } from '@nestjs/common';
import { Agent } from 'undici';
import { signWebhookWithAll } from '../../../kit/webhook-signature.js';
import { Config } from '../../../platform/config/config.js';
import { Exchange } from './exchange.js';
import type { Outcome } from './exchange.js';
import type { Endpoint } from './endpoints.js';
import { guardedConnect } from './guarded-connect.js';

/** The most bytes of headers that an endpoint's answer may have. */
const LARGEST_HEADERS = 16_384;
/** Connections are kept as long as most servers keep theirs. If the server closes one first, the next attempt on it fails. */
const IDLE_MS = 4_000;

export interface Message {
  /** The `webhook-id`. */
  readonly id: string;
  readonly body: string;
  readonly contentType: string;
  /** The time of this attempt. */
  readonly at: Date;
}

/**
 * Sends HTTP requests to endpoints: signed, over kept connections, without following redirects, and each within the
 * time limit.
 */
@Injectable()
export class Sender {
  private readonly agent: Agent;
  private readonly timeoutMs: number;
  private readonly underWay = new Set<Exchange>();
  private watch: NodeJS.Timeout | null = null;

  constructor(config: Config) {
    this.timeoutMs = config.webhooks.timeoutMs;
    this.agent = new Agent({
      connect: guardedConnect(config.webhooks.allowedHosts, this.timeoutMs),
      pipelining: 1,
      keepAliveTimeout: IDLE_MS,
      maxHeaderSize: LARGEST_HEADERS,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** Makes one attempt. It never throws: every error is an outcome. */
  send(endpoint: Endpoint, message: Message): Promise<Outcome> {
    return new Promise((resolve) => {
      const exchange = new Exchange((outcome) => {
        this.underWay.delete(exchange);
        resolve(outcome);
      });
      this.underWay.add(exchange);
      this.watch ??= setTimeout(() => this.breakOffLate(), this.timeoutMs);
      this.dispatch(endpoint, message, exchange);
    });
  }

  /** Aborts what is under way. Each attempt ends as interrupted. */
  interrupt(): void {
    for (const exchange of this.underWay) exchange.interrupt();
  }

  close(): Promise<void> {
    if (this.watch) clearTimeout(this.watch);
    return this.agent.destroy();
  }

  private dispatch(endpoint: Endpoint, message: Message, exchange: Exchange): void {
    try {
      const { origin, path } = endpoint;
      const body = Buffer.from(message.body);
      const headers = headersOf(endpoint, message, body);
      this.agent.dispatch({ origin, path, method: 'POST', headers, body }, exchange);
    } catch (error) {
      exchange.fail(error);
    }
  }

  /** One timer for all attempts, since all have the same limit: the set keeps them in the order in which they began. */
  private breakOffLate(): void {
    this.watch = null;
    const begunBefore = performance.now() - this.timeoutMs;
    for (const exchange of this.underWay) {
      const left = exchange.startedAt - begunBefore;
      if (left > 0) {
        this.watch = setTimeout(() => this.breakOffLate(), Math.ceil(left));
        return;
      }
      exchange.timeOut();
    }
  }
}

/** Standard Webhooks 1.0: `webhook-id`, `webhook-timestamp` of this attempt, and a signature for each valid secret. */
function headersOf(
  { secrets, headers }: Endpoint,
  { id, at, contentType }: Message,
  body: Buffer,
): Record<string, string> {
  const timestamp = Math.floor(at.getTime() / 1_000);
  const valid = secrets.filter(({ validUntil }) => validUntil === null || validUntil > at);
  return {
    ...headers,
    'content-type': contentType,
    'user-agent': 'Kith/1 (webhooks)',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signWebhookWithAll(
      valid.map(({ key }) => key),
      id,
      timestamp,
      body,
    ),
  };
}
