import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { newId } from '../../../kit/ids.js';
import type { Actor } from '../../../platform/actor/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { OUTBOX } from '../../../platform/database/topics.js';
import type { Run, Tx } from '../../../platform/database/tx.js';
import { Wakeups } from '../../../platform/database/wakeups.js';
import { FairShare } from '../../../platform/jobs/fair-share.js';
import type { Portion, SharedJob } from '../../../platform/jobs/shared-job.js';
import { SharedWork } from '../../../platform/jobs/shared-work.js';
import { inSlices } from '../../../kit/breather.js';
import { Ticker } from '../../../platform/jobs/ticker.js';
import { StatusBoard } from '../../../platform/pages/status-board.js';
import { Projection } from '../../../platform/projection/projection.js';
import { held, isQuiet, overdue, quietOf, rungOf, upcoming } from './due-ring.js';
import type { Due } from './due-ring.js';
import { RING_JOB, actsAreDue, claimDue, claimSome, findDue, nextDue, nextRing, postpone } from './due.sql.js';
import type { Part } from './due.sql.js';
import { Kinds, kindOf } from '../kinds.service.js';
import type { Scheduling, Tell } from '../kinds.service.js';
import { NoticeStatement } from './notice-statement.js';
import { isRepeating, timeAfter } from '../timing/repeats.js';
import { RINGS } from '../keeping/ring-schedule.js';
import { ringTimes } from '../timing/ring-times.js';
import { RingStatement } from './ring-statement.js';
import type { Ring } from './ring-statement.js';
import { overdueOf } from '../timing/rings-ahead.js';
import { ringNow } from '../timing/schedule.js';

/** How many rings a batch had, and whether there may be more. */
interface Batch {
  readonly count: number;
  readonly isFull: boolean;
}

type Snapshots = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

const BATCH = 1_000;
/** The first batch is small, so that its webhooks leave while the next batch rings. Then the size doubles. */
const FIRST_BATCH = 125;
/** What the program does by itself takes more than one statement each, so a batch has fewer of them. */
const MOST_ACTS = 125;
/** After a batch that took longer the next one is small again: what becomes due meanwhile waits for it. */
const LONGEST_BATCH_MS = 500;
const NOTHING: Batch = { count: 0, isFull: false };
const NONE: Snapshots = new Map();

/** Rings what is due. Any number of workers can run it at once: each ring is locked, and opened by one of them. */
@Injectable()
export class RingsService implements OnModuleInit {
  private batch = FIRST_BATCH;
  private readonly shares = { acts: new FairShare(), tells: new FairShare() };
  private readonly job: SharedJob = {
    name: RING_JOB,
    noun: 'occurrence',
    find: (wanted) => findDue(this.clock.forSql(), wanted),
    some: (portions, patienceMs) => this.ringSome(portions, patienceMs),
  };

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly kinds: Kinds,
    private readonly statement: RingStatement,
    private readonly notices: NoticeStatement,
    private readonly projection: Projection,
    private readonly wakeups: Wakeups,
    private readonly ticker: Ticker,
    private readonly board: StatusBoard,
    private readonly shared: SharedWork,
  ) {}

  onModuleInit(): void {
    this.shared.register(this.job);
    this.ticker.add({ name: RING_JOB, topic: RINGS, run: () => this.tick() });
    this.board.teach({
      name: 'kith_next_ring_timestamp_seconds',
      label: 'Next ring',
      read: () => this.nextRing(),
    });
  }

  /** Rings one batch and returns the number of rings. */
  async ringDue(limit = BATCH): Promise<number> {
    const rung = await this.shared.whole(this.job, (patienceMs) =>
      this.database.systemWrite((run, as) => this.ringBatch(schedulingOf(run, as), limit), patienceMs),
    );
    if (rung?.count !== 0) this.wakeups.signal(OUTBOX);
    return rung?.count ?? 0;
  }

  /** The time of the next ring over all accounts; in the past if one is due. */
  private async nextRing(): Promise<Date | null> {
    return (await this.database.system<{ dueAt: Date | null }>(nextRing()))[0]?.dueAt ?? null;
  }

  private async tick(): Promise<'again' | Date | null> {
    const { batch } = this;
    const begun = performance.now();
    const done = await this.shared.whole(this.job, (patienceMs) =>
      this.database.systemWrite(async (run, as) => {
        const rung = await this.ringBatch(schedulingOf(run, as), batch);
        const [next] = await run<{ inMs: number | null }>(nextDue(this.clock.forSql()));
        return { ...rung, inMs: next?.inMs ?? null };
      }, patienceMs),
    );
    const isQuick = performance.now() - begun < LONGEST_BATCH_MS;
    this.batch = done?.isFull && isQuick ? Math.min(BATCH, batch * 2) : FIRST_BATCH;
    if (done?.count !== 0) this.wakeups.signal(OUTBOX);
    if (!done || done.isFull) return 'again';
    return done.inMs === null ? null : new Date(this.clock.now().getTime() + done.inMs);
  }

  private async ringSome(portions: readonly Portion[], patienceMs: number): Promise<void> {
    const claim = claimSome(this.clock.forSql(), portions);
    await this.database.systemWrite(async (run, as) => {
      const scheduling = schedulingOf(run, as);
      await this.ringClaimed(scheduling, await run<Due>(claim));
    }, patienceMs);
    this.wakeups.signal(OUTBOX);
  }

  /** What the program does by itself comes first, in the same transaction: then only what still holds is told. */
  private async ringBatch(scheduling: Scheduling, limit: number): Promise<Batch> {
    const [look] = await scheduling.run<{ areDue: boolean }>(actsAreDue(this.clock.forSql()));
    const acts = look?.areDue ? await this.ringPart(scheduling, 'acts', Math.min(MOST_ACTS, limit)) : NOTHING;
    const tells = await this.ringPart(scheduling, 'tells', limit);
    return { count: acts.count + tells.count, isFull: acts.isFull || tells.isFull };
  }

  private async ringPart(scheduling: Scheduling, part: Part, limit: number): Promise<Batch> {
    const others = this.shares[part].othersOf(limit);
    const claimed = await this.claim(scheduling.run, part, limit, others);
    this.shares[part].note(claimed, limit, others);
    await this.ringClaimed(scheduling, claimed);
    return { count: claimed.length, isFull: claimed.length === limit };
  }

  /** While some accounts have more than their share, those of the others come first. */
  private async claim(run: Run, part: Part, limit: number, others: number): Promise<Due[]> {
    const now = this.clock.forSql();
    if (others === 0) return run<Due>(claimDue(now, part, limit));
    const { accounts } = this.shares[part];
    const first = await run<Due>(claimDue(now, part, others, { accounts, others: true }));
    const left = limit - first.length;
    return [...first, ...(await run<Due>(claimDue(now, part, left, { accounts, others: false })))];
  }

  private async ringClaimed(scheduling: Scheduling, claimed: readonly Due[]): Promise<void> {
    const { run } = scheduling;
    const quiet = claimed.flatMap(held);
    if (quiet.length > 0) await run(postpone(quiet));
    const due = claimed.filter((one) => !isQuiet(one));
    const ringing = due.filter(({ state, ringsAt, now }) => state === 'scheduled' && ringsAt <= now);
    const ahead = due.filter(({ state, ringsAt, now }) => state === 'scheduled' && ringsAt > now);
    const missed = new Set(
      ringing.filter((one) => one.putsOff === null && isRepeating(one)).map((one) => ownKey(one, one.reminderId)),
    );
    const open = due.filter(
      (one) => one.state === 'open' && !(one.putsOff === null && missed.has(ownKey(one, one.reminderId))),
    );
    if (ringing.length > 0) await this.ring(scheduling, ringing);
    if (ahead.length > 0) await run(this.notices.ofUpcoming(await inSlices(ahead, upcoming), this.clock));
    if (open.length > 0) await run(this.notices.ofOverdue(open.map(overdue), this.clock));
  }

  /** Kinds with their own hook come last, when all other rings of the batch are open. */
  private async ring(scheduling: Scheduling, due: readonly Due[]): Promise<void> {
    const { run } = scheduling;
    const plain = due.filter(({ kind }) => !this.kinds.effectsOf(kind).tell);
    const snapshots = await this.describe(run, plain);
    const rings = await inSlices(plain, (one) => this.ringOf(one, snapshots));
    if (rings.length > 0) await run(this.statement.of(rings, this.clock));
    for (const name of new Set(due.map(({ kind }) => kind))) {
      const tell = this.kinds.effectsOf(name).tell;
      const own = due.filter(({ kind }) => kind === name);
      if (tell) await this.ringSilently(scheduling, tell, own);
    }
  }

  private async ringSilently(scheduling: Scheduling, tell: Tell, due: readonly Due[]): Promise<void> {
    const rings = await inSlices(due, (one) => this.ringOf(one, NONE));
    await scheduling.run(this.statement.ofSilent(rings, this.clock));
    await tell(
      scheduling,
      due.map((one, index) => rungOf(one, rings[index]?.next_due_at ?? timeAfter(one, one.now))),
    );
  }

  /** Reads the subjects of the due reminders, with one statement for each kind of subject. */
  private async describe(run: Run, due: readonly Due[]): Promise<Snapshots> {
    const found = new Map<string, Readonly<Record<string, unknown>>>();
    const types = new Set(due.flatMap(({ kind }) => kindOf(kind)?.subject ?? []));
    for (const type of types) {
      const about = due.filter(({ kind, subjectId }) => subjectId && kindOf(kind)?.subject === type);
      const { text, parameters } = this.projection.snapshots(type);
      const values = {
        accounts: about.map(({ accountId }) => accountId),
        ids: about.map(({ subjectId }) => subjectId),
      };
      const asked = { account: '', timeZone: 'UTC', now: this.clock.forSql(), values };
      const rows = await run<{ accountId: string; id: string; snapshot: Record<string, unknown> }>({
        text,
        values: parameters(asked),
      });
      for (const row of rows) found.set(ownKey(row, row.id), row.snapshot);
    }
    return found;
  }

  private ringOf(due: Due, snapshots: Snapshots): Ring {
    const snapshot = (due.subjectId && snapshots.get(ownKey(due, due.subjectId))) || null;
    const title = (snapshot && kindOf(due.kind)?.title?.(snapshot)) ?? due.title;
    const own = due.putsOff === null;
    const { late, missedCount, next } = ringNow(own ? due : { ...due, rrule: null, every: null }, due, due.now);
    const times = next && ringTimes(due, next, quietOf(due), due.now);
    return {
      account_id: due.accountId,
      id: due.id,
      reminder_id: due.reminderId,
      title,
      late,
      missed_count: missedCount,
      snapshot: snapshot && JSON.stringify(snapshot),
      next_id: times && newId(),
      next_due_at: next,
      next_rings_at: times && times.ringsAt,
      next_wakes_at: times && times.wakesAt,
      overdue_at: overdueOf(due, { firedAt: due.now, overdueTold: false }, quietOf(due)),
      repeats: own && isRepeating(due),
    };
  }
}

/** Accounts that took over the same file have rows with the same ids. */
function ownKey({ accountId }: { readonly accountId: string }, id: string): string {
  return `${accountId} ${id}`;
}

/** The actor for the account of a ring: the program itself. */
function schedulingOf(run: Run, as: (actor: Actor) => Tx): Scheduling {
  return { run, as: ({ accountId, calendar }) => as({ accountId, keyId: null, scopes: ['*'], calendar }) };
}
