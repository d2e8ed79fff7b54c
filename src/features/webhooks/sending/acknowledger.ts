import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Log } from '../../../platform/config/log.js';
import { Database } from '../../../platform/database/database.js';
import { OUTBOX } from '../../../platform/database/topics.js';
import type { Statement } from '../../../platform/database/tx.js';
import { Wakeups } from '../../../platform/database/wakeups.js';
import { Consequences, acknowledge } from './acknowledge.sql.js';
import type { Result, Strike } from './acknowledge.sql.js';

/** The result of a delivery that was claimed, with or without an attempt. */
export interface Report {
  readonly webhookId: string;
  readonly gone: boolean;
  readonly result: Result;
  /**
   * When the lease ends (`performance.now()`). From then on another process may have claimed the delivery, and writing
   * is useless.
   */
  readonly usefulUntil: number;
}

interface Accepted {
  readonly accepted: number;
  readonly failed: readonly string[];
}

/**
 * A batch waits this long for more results: planning the statement takes 1 ms, whatever the number of results, so 400
 * results share it better than 100.
 */
const COALESCED_MS = 50;
const MOST_AT_ONCE = 500;
const AGAIN_MS = 250;

/**
 * Writes results in batches: results that arrive within 50 ms, or while the previous batch is being written, share one
 * statement. While the database is unreachable the results are kept as long as their leases last.
 */
@Injectable()
export class Acknowledger {
  private pending: Report[] = [];
  private writing: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private refused = 0;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly consequences: Consequences,
    private readonly wakeups: Wakeups,
    private readonly log: Log,
  ) {}

  /** How many results arrived after their lease had ended and were not written. */
  get refusedZombies(): number {
    return this.refused;
  }

  report(report: Report): void {
    this.pending.push(report);
    if (this.pending.length >= MOST_AT_ONCE) this.write();
    else this.timer ??= setTimeout(() => this.write(), COALESCED_MS);
  }

  /** Resolves when every reported result is written or has become useless. */
  async settled(): Promise<void> {
    while (this.pending.length > 0 || this.writing) {
      this.write();
      await this.writing;
    }
  }

  private write(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.writing ??= this.writeNext().finally(() => this.written());
  }

  /** Results that arrived during a write wait again for the whole time. */
  private written(): void {
    this.writing = null;
    if (this.pending.length >= MOST_AT_ONCE) this.write();
    else if (this.pending.length > 0) this.timer ??= setTimeout(() => this.write(), COALESCED_MS);
  }

  private async writeNext(): Promise<void> {
    const batch = this.pending.splice(0, MOST_AT_ONCE);
    if (batch.length === 0) return;
    try {
      await this.writeBatch(batch);
    } catch (error) {
      this.log.warn(`${batch.length} results are not written yet`, 'Webhooks', error);
      this.pending.unshift(...batch.filter(({ usefulUntil }) => usefulUntil > performance.now()));
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }

  /** A batch without failures is one statement. Failures have effects, in the same transaction. */
  private async writeBatch(batch: readonly Report[]): Promise<void> {
    const smooth = batch.every(({ result }) => result.state === 'delivered' || result.attempt === null);
    const accepted = smooth
      ? (await this.database.system<Accepted>(this.acknowledgement(batch)))[0]?.accepted
      : await this.writeFailures(batch);
    const refused = batch.length - (accepted ?? 0);
    if (refused === 0) return;
    this.refused += refused;
    this.log.warn(`${refused} results came after their lease had ended, and wrote nothing`, 'Webhooks');
  }

  private async writeFailures(batch: readonly Report[]): Promise<number> {
    const { accepted, told } = await this.database.systemWrite(async (run) => {
      const [written] = await run<Accepted>(this.acknowledgement(batch));
      let told = 0;
      for (const consequence of this.consequencesOf(batch, new Set(written?.failed))) {
        told += (await run<{ told: number }>(consequence))[0]?.told ?? 0;
      }
      return { accepted: written?.accepted ?? 0, told };
    });
    if (told > 0) this.wakeups.signal(OUTBOX);
    return accepted;
  }

  private acknowledgement(batch: readonly Report[]): Statement {
    return acknowledge(
      batch.map(({ result }) => result),
      this.clock.forSql(),
    );
  }

  private consequencesOf(batch: readonly Report[], failed: ReadonlySet<string>): Statement[] {
    const failures = batch.filter(({ result }) => failed.has(result.id));
    const strikes = strikesOf(batch, failures);
    const exhausted = failures.map(({ result }) => result).filter(({ state }) => state === 'exhausted');
    return [
      ...(strikes.length > 0 ? [this.consequences.strike(strikes, this.clock)] : []),
      ...(exhausted.length > 0 ? [this.consequences.tellExhausted(exhausted, this.clock)] : []),
    ];
  }
}

/** One strike for each endpoint that failed and did not succeed in the same batch, or that is gone. */
function strikesOf(batch: readonly Report[], failures: readonly Report[]): Strike[] {
  const succeeded = new Set(batch.filter(({ result }) => result.state === 'delivered').map((each) => each.webhookId));
  const strikes = new Map<string, Strike>();
  for (const { webhookId, gone, result } of failures) {
    if (!gone && succeeded.has(webhookId)) continue;
    const known = strikes.get(webhookId);
    strikes.set(webhookId, { accountId: result.accountId, id: webhookId, gone: gone || (known?.gone ?? false) });
  }
  return [...strikes.values()];
}
