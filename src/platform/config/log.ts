import type { LoggerService } from '@nestjs/common';
import { pino } from 'pino';
import type { Logger } from 'pino';

/** JSON lines on standard error. Secrets and bodies are never logged. */
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
    this.pino.error({ context, trace }, String(message));
  }

  warn(message: unknown, context?: string): void {
    this.pino.warn({ context }, String(message));
  }

  debug(message: unknown, context?: string): void {
    this.pino.debug({ context }, String(message));
  }

  verbose(message: unknown, context?: string): void {
    this.pino.trace({ context }, String(message));
  }

  /** An unexpected failure, with the id of the request. */
  failure(error: unknown, requestId: string): void {
    this.pino.error({ requestId, err: error instanceof Error ? error : new Error(String(error)) }, 'a request failed');
  }
}
