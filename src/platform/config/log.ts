import type { LoggerService } from '@nestjs/common';
import { pino } from 'pino';
import type { Logger } from 'pino';
import { placesOf, saidOf } from './said-of-error.js';

/** JSON lines on standard error. Secrets and bodies are never logged, and of errors no values (`saidOf`). */
export class Log implements LoggerService {
  private readonly pino: Logger;

  constructor(level: string) {
    this.pino = pino(
      { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
      pino.destination({ fd: 2, sync: true }),
    );
  }

  /** What an operator wants to know. */
  info(message: string, context: string): void {
    this.pino.info({ context }, message);
  }

  /** Nest's messages at start: 40 lines without problems, so they are logged as debug. */
  log(message: unknown, context?: string): void {
    this.pino.debug({ context }, String(message));
  }

  error(message: unknown, trace?: string, context?: string): void {
    const places = message instanceof Error ? placesOf(message) : trace;
    this.pino.error({ context, trace: places }, message instanceof Error ? saidOf(message) : String(message));
  }

  /** @param error why, if something failed */
  warn(message: unknown, context?: string, error?: unknown): void {
    this.pino.warn({ context }, because(message, error));
  }

  /** @param error why, if something failed */
  debug(message: unknown, context?: string, error?: unknown): void {
    this.pino.debug({ context }, because(message, error));
  }

  verbose(message: unknown, context?: string): void {
    this.pino.trace({ context }, String(message));
  }

  /** An unexpected failure, with the id of the request. */
  failure(error: unknown, requestId: string): void {
    const stack = error instanceof Error ? placesOf(error) : '';
    this.pino.error({ requestId, err: { message: saidOf(error), stack } }, 'a request failed');
  }
}

function because(message: unknown, error: unknown): string {
  return error === undefined ? String(message) : `${String(message)}: ${saidOf(error)}`;
}
