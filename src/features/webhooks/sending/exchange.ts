import type { Dispatcher } from 'undici';
import { Interrupted, errorCodeOf } from './failures.js';

/** How many bytes of an answer are kept. */
const KEPT_BYTES = 4_096;
/** How many bytes are read, so that the connection can be reused. A longer answer is aborted. */
const READ_BYTES = 65_536;

/** The result of one attempt. */
export interface Outcome {
  readonly statusCode: number | null;
  readonly errorCode: string | null;
  /** The header `Retry-After`, unparsed. */
  readonly retryAfter: string | null;
  /** The beginning of the answer, as text that PostgreSQL can store; null when there was no answer. */
  readonly response: string | null;
  readonly durationMs: number;
}

/**
 * One request and its answer, through the callbacks of undici. The status decides: once it has arrived, an answer that
 * is endless, aborted or slower than the time limit still counts with its status.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly startedAt = performance.now();
  private controller: Dispatcher.DispatchController | null = null;
  private statusCode: number | null = null;
  private retryAfter: string | null = null;
  private readonly chunks: Buffer[] = [];
  private received = 0;
  private done = false;

  constructor(private readonly settle: (outcome: Outcome) => void) {}

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.done) controller.abort(new Interrupted());
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (statusCode < 200) return;
    this.statusCode = statusCode;
    const asked = headers['retry-after'];
    this.retryAfter = typeof asked === 'string' ? asked : null;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.received < KEPT_BYTES) this.chunks.push(Buffer.from(chunk.subarray(0, KEPT_BYTES - this.received)));
    this.received += chunk.length;
    if (this.received > READ_BYTES) this.breakOff(null);
  }

  onResponseEnd(): void {
    this.end(null);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(error);
  }

  fail(error: unknown): void {
    this.end(errorCodeOf(error));
  }

  timeOut(): void {
    this.breakOff('timeout');
  }

  interrupt(): void {
    this.breakOff('interrupted');
  }

  /** The outcome is set first: for a request without a connection, undici reports the abort only when connecting ends. */
  private breakOff(errorCode: string | null): void {
    this.end(errorCode);
    this.controller?.abort(new Interrupted());
  }

  private end(errorCode: string | null): void {
    if (this.done) return;
    this.done = true;
    const { statusCode, retryAfter } = this;
    const redirected = statusCode !== null && statusCode >= 300 && statusCode < 400;
    this.settle({
      statusCode,
      errorCode: redirected ? 'redirect_not_followed' : statusCode === null ? (errorCode ?? 'invalid_response') : null,
      retryAfter,
      response: textOf(this.chunks),
      durationMs: Math.round(performance.now() - this.startedAt),
    });
  }
}

/** Invalid UTF-8 and U+0000, which PostgreSQL cannot store, become U+FFFD. */
function textOf(chunks: readonly Buffer[]): string | null {
  if (chunks.length === 0) return null;
  const text = chunks.length === 1 ? chunks[0]?.toString('utf8') : Buffer.concat(chunks).toString('utf8');
  return text?.replaceAll('\u0000', '\uFFFD') ?? null;
}

/** The outcome of an attempt for which no connection was made. */
export function refusedBefore(errorCode: string): Outcome {
  return { statusCode: null, errorCode, retryAfter: null, response: null, durationMs: 0 };
}
