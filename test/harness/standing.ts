import { emptyAllBut } from './sweep.js';
import type { Running } from './running.js';

/**
 * A program with the usual settings that the files of one process use in turn, each on an empty database. A start costs as much as many
 * requests, and a connection's first statements cost ten times what the same cost later.
 */
export class Standing {
  private static idle: Running | null = null;

  /** The one that stands, swept; null if there is none. */
  static async take(): Promise<Running | null> {
    const running = Standing.idle;
    Standing.idle = null;
    if (!running) return null;
    await emptyAllBut(running.pool, running.filled);
    running.clock.reset();
    return running;
  }

  /** Keeps it for the next file. */
  static async leave(running: Running): Promise<void> {
    // What a start runs is to be counted for each file, when it is counted which lines a file runs.
    if (Standing.idle || process.env.TEST_COVERAGE) return running.end();
    Standing.idle = running;
  }

  /** When no file follows. */
  static async end(): Promise<void> {
    const running = Standing.idle;
    Standing.idle = null;
    await running?.end();
  }
}
