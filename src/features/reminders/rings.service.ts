import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { newId } from '../../kit/ids.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { Wakeups } from '../../platform/database/wakeups.js';
import { Ticker } from '../../platform/jobs/ticker.js';
import { StatusBoard } from '../../platform/pages/status-board.js';
import { Projection } from '../../platform/projection/projection.js';
import type { Statement } from '../../platform/database/tx.js';
import { Kinds } from './kinds.service.js';
import { claimDue, nextDue, nextRing } from './reminders.sql.js';
import { RingStatement } from './ring-statement.js';
import type { Ring } from './ring-statement.js';
import { ringNow } from './schedule.js';

interface Due {
  readonly accountId: string;
  readonly id: string;
  readonly reminderId: string;
  readonly dueAt: Date;
  readonly title: string;
  readonly kind: string;
  readonly subjectId: string | null;
  readonly rrule: string | null;
  readonly startsAt: Date;
  readonly timeZone: string;
  readonly now: Date;
}

type Run = <R>(statement: Statement) => Promise<R[]>;
type Snapshots = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

const BATCH = 1_000;

/** Rings what is due. Any number of workers may do this at once: each occurrence is locked, and opened by one of them. */
@Injectable()
export class RingsService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly kinds: Kinds,
    private readonly statement: RingStatement,
    private readonly projection: Projection,
    private readonly wakeups: Wakeups,
    private readonly ticker: Ticker,
    private readonly board: StatusBoard,
  ) {}

  onModuleInit(): void {
    this.ticker.add({ name: 'ring', topic: 'reminders', run: () => this.tick() });
    this.board.teach({
      name: 'kith_next_ring_timestamp_seconds',
      label: 'Next ring',
      read: () => this.nextRing(),
    });
  }

  /** Rings one batch; answers how many rang. */
  async ringDue(limit = BATCH): Promise<number> {
    const rung = await this.database.systemWrite((run) => this.ringBatch(run, limit));
    if (rung > 0) this.wakeups.signal('outbox');
    return rung;
  }

  /** The time of the next ring over all accounts; in the past while one is due. */
  private async nextRing(): Promise<Date | null> {
    return (await this.database.system<{ dueAt: Date | null }>(nextRing()))[0]?.dueAt ?? null;
  }

  private async tick(): Promise<'again' | Date | null> {
    const { rung, inMs } = await this.database.systemWrite(async (run) => {
      const rung = await this.ringBatch(run, BATCH);
      const [next] = await run<{ inMs: number | null }>(nextDue(this.clock.forSql()));
      return { rung, inMs: next?.inMs ?? null };
    });
    if (rung > 0) this.wakeups.signal('outbox');
    if (rung === BATCH) return 'again';
    return inMs === null ? null : new Date(this.clock.now().getTime() + inMs);
  }

  private async ringBatch(run: Run, limit: number): Promise<number> {
    const due = await run<Due>(claimDue(this.clock.forSql(), limit));
    if (due.length === 0) return 0;
    const snapshots = await this.describe(run, due);
    const rings = due.map((one) => this.ring(one, snapshots));
    const [result] = await run<{ rung: number }>(this.statement.of(rings, this.clock));
    return result?.rung ?? 0;
  }

  /** What the due reminders are about, one question for each kind of subject. */
  private async describe(run: Run, due: readonly Due[]): Promise<Snapshots> {
    const found = new Map<string, Readonly<Record<string, unknown>>>();
    const types = new Set(due.flatMap(({ kind }) => this.kinds.of(kind)?.subject ?? []));
    for (const type of types) {
      const about = due.filter(({ kind, subjectId }) => subjectId && this.kinds.of(kind)?.subject === type);
      const { text, parameters } = this.projection.snapshots(type);
      const values = {
        accounts: about.map(({ accountId }) => accountId),
        ids: about.map(({ subjectId }) => subjectId),
      };
      const asked = { account: '', timeZone: 'UTC', now: this.clock.forSql(), values };
      const rows = await run<{ id: string; snapshot: Record<string, unknown> }>({ text, values: parameters(asked) });
      for (const { id, snapshot } of rows) found.set(id, snapshot);
    }
    return found;
  }

  private ring(due: Due, snapshots: Snapshots): Ring {
    const snapshot = (due.subjectId && snapshots.get(due.subjectId)) || null;
    const title = (snapshot && this.kinds.of(due.kind)?.title?.(snapshot)) ?? due.title;
    const { late, missedCount, next } = ringNow(due, due.dueAt, due.now);
    return {
      account_id: due.accountId,
      id: due.id,
      reminder_id: due.reminderId,
      title,
      late,
      missed_count: missedCount,
      snapshot,
      next_id: next && newId(),
      next_due_at: next,
    };
  }
}
