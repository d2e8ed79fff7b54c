import { saidOf } from '../platform/config/said-of-error.js';

type Close = () => Promise<void>;

/**
 * Ends the program on SIGTERM and SIGINT, whatever has been opened by then. A signal during the start is kept until the step that
 * is running has finished, because a database server that is just starting would be left behind.
 */
export class Stopping {
  private readonly closes: Close[] = [];
  private asked = false;
  private closing: Promise<void> | null = null;
  private busy = false;

  constructor(private readonly exit: (code: number) => void) {}

  listen(): void {
    process.on('SIGTERM', () => this.ask());
    process.on('SIGINT', () => this.ask());
  }

  /** Runs a step of the start; what it opens is closed in the end, the last first. */
  async step<T>(open: () => Promise<T>, closeOf: (opened: T) => Close | null): Promise<T> {
    this.busy = true;
    const opened = await open().catch(async (error: unknown) => {
      await this.close();
      throw error;
    });
    const close = closeOf(opened);
    if (close) this.closes.push(close);
    this.busy = false;
    if (this.asked) await this.end();
    return opened;
  }

  /** Closes all that was opened, once. What fails to close must not keep the rest open: the database server is the last. */
  close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  private ask(): void {
    this.asked = true;
    if (!this.busy) void this.end();
  }

  private async end(): Promise<never> {
    await this.close();
    this.exit(0);
    // What was running has lost what it needs, and must not go on while the process ends.
    return new Promise<never>(() => undefined);
  }

  private async closeAll(): Promise<void> {
    for (const close of this.closes.splice(0).reverse()) {
      await close().catch((error: unknown) =>
        process.stderr.write(`Something could not be closed: ${saidOf(error)}\n`),
      );
    }
  }
}
