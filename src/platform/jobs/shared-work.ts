import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { cutText } from '../../kit/cut-text.js';
import { Clock } from '../clock/clock.js';
import { Log } from '../config/log.js';
import { Database } from '../database/database.js';
import { OUTBOX } from '../database/topics.js';
import { Wakeups } from '../database/wakeups.js';
import { rowCheck } from '../doctor/check.js';
import { Doctor } from '../doctor/doctor.js';
import { isOfAll, rawReasonOf, reasonOf, tookTooLong } from '../errors/sqlstate.js';
import { AsideStatement, failureById, forgetFailure, takeRetries, troubledAccounts } from './failures.sql.js';
import type { Retry } from './failures.sql.js';
import { byAccount, cut } from './shared-job.js';
import type { Portion, SharedJob } from './shared-job.js';
import { Ticker } from './ticker.js';

/** How long a statement of a batch of all accounts may take, and one of a part. */
const WHOLE_MS = 2_000;
const PART_MS = 1_000;
/** While the database is slow for everything, statements get longer, up to what a session allows. */
const MOST_MS = 15_000;
/** An answer to nothing that takes this long is slow. */
const SLOW_MS = 500;
const MOST_ROWS = 1_000;
const MOST_PARTS = 100;
const PIECES = 8;
/** Rows of an account with something set aside that are done at once. */
const APART_ROWS = 200;
/** After this the next account has its turn. */
const TURN_MS = 5_000;
const LONGEST_REASON = 500;
/** What waited for a lock mostly goes well a moment later: its account is told with the third try. */
const TOLD_LATE = 3;

/**
 * Work of all accounts in shared batches that fail alone. A batch that fails is done in parts, each of fewer accounts; the part that
 * fails is cut down to one row, which is set aside. While something of an account is set aside, a job leaves all of that account's work
 * out of the shared batches and does it apart, so that what fails costs others one batch.
 */
@Injectable()
export class SharedWork implements OnModuleInit {
  private readonly jobs = new Map<string, SharedJob>();
  private wholeMs = WHOLE_MS;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly statement: AsideStatement,
    private readonly ticker: Ticker,
    private readonly doctor: Doctor,
    private readonly wakeups: Wakeups,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.ticker.add({ name: 'apart', run: () => this.workApart() });
    this.doctor.add(
      rowCheck({
        name: 'nothing_set_aside',
        type: 'set-aside work',
        remedy: 'Mend what the reason names. It is tried again by itself, and at once by: kith doctor --repair',
        rows: 'failures',
        wrong: `format('of the job "%s" failed on the %s %s, %s times so far: %s', t.job, t.subject_type, t.subject_id, t.tries, coalesce(t.cause, t.reason))`,
        repair: (tx, id) => this.tryAgain(tx.actor.accountId, id),
      }),
    );
  }

  register(job: SharedJob): void {
    this.jobs.set(job.name, job);
  }

  /**
   * Does a batch of all accounts. If it fails, does it in parts.
   *
   * @param work does it, with so many milliseconds for each statement
   * @returns what the work returned; null when it was done in parts
   * @throws what has nothing to do with the rows, such as a lost connection
   */
  async whole<R>({ name }: SharedJob, work: (patienceMs: number) => Promise<R>): Promise<R | null> {
    try {
      const done = await work(this.wholeMs);
      this.wholeMs = WHOLE_MS;
      return done;
    } catch (error) {
      if (isOfAll(error)) throw error;
      this.log.warn(`${name}: a batch failed and is done in parts`, 'SharedWork', error);
      await this.inParts(this.jobNamed(name));
      return null;
    }
  }

  /**
   * Does what a job finds of one account, apart from the others.
   *
   * @param atOnce how many rows at a time
   * @returns whether there may be more
   */
  async turnOf(job: SharedJob, accountId: string, atOnce = APART_ROWS): Promise<boolean> {
    const end = performance.now() + TURN_MS;
    const due = await this.database.system<Portion>(job.find({ accountId, most: APART_ROWS }));
    for (const piece of cut(due, Math.ceil(due.length / atOnce))) await this.doPieces(job, piece, end);
    return due.length === APART_ROWS;
  }

  /** Sets a row aside that failed by itself. */
  async setAside({ name, noun }: SharedJob, { accountId, id }: Portion, error: unknown): Promise<void> {
    const reason = cutText(reasonOf(error), LONGEST_REASON);
    const cause = cutText(rawReasonOf(error), LONGEST_REASON);
    this.log.warn(`${name}: the ${noun} ${id} of the account ${accountId} is set aside`, 'SharedWork', error);
    const told_at = tookTooLong(error) ? TOLD_LATE : 1;
    const failed = { account_id: accountId, job: name, subject_type: noun, subject_id: id, reason, cause, told_at };
    await this.database.system(this.statement.of([failed], this.clock));
    this.wakeups.signal(OUTBOX);
  }

  /** @throws what it failed on again */
  private async tryAgain(accountId: string, id: string): Promise<void> {
    const [failure] = await this.database.system<Retry>(failureById(accountId, id));
    if (!failure) return;
    await this.jobNamed(failure.job).some([{ accountId, id: failure.subjectId }], MOST_MS);
    await this.database.system(forgetFailure(accountId, id));
  }

  private jobNamed(name: string): SharedJob {
    const job = this.jobs.get(name);
    if (!job) throw new Error(`This version of the program has no job ${name}.`);
    return job;
  }

  /** All accounts but those that fail are done when this ends; of those, one row is set aside. */
  private async inParts(job: SharedJob): Promise<void> {
    const due = await this.database.system<Portion>(job.find({ accountId: null, most: MOST_ROWS }));
    const failing: Portion[][] = [];
    for (const part of cut(byAccount(due), MOST_PARTS)) {
      if ((await this.fails(job, part.flat())) !== null) failing.push(...part);
    }
    for (const portions of failing) await this.isolate(job, portions);
  }

  /** Finds the first row that fails by itself. What comes after it is done apart. */
  private async isolate(job: SharedJob, portions: readonly Portion[]): Promise<void> {
    for (const piece of cut(portions, portions.length > PIECES ? PIECES : portions.length)) {
      const error = await this.fails(job, piece);
      const [only, another] = piece;
      if (error === null || !only) continue;
      return another ? this.isolate(job, piece) : this.setAsideIfItself(job, only, error);
    }
  }

  /** A row that took too long is blamed only while the database answers what costs nothing. */
  private async setAsideIfItself(job: SharedJob, portion: Portion, error: unknown): Promise<void> {
    const start = performance.now();
    await this.database.system({ text: 'select 1 as one', values: [] });
    if (performance.now() - start < SLOW_MS) return this.setAside(job, portion, error);
    this.wholeMs = Math.min(MOST_MS, this.wholeMs * 2);
    throw error;
  }

  /** What it failed on, or null. @throws what has nothing to do with the rows */
  private async fails(job: SharedJob, portions: readonly Portion[]): Promise<unknown> {
    try {
      await job.some(portions, Math.max(PART_MS, this.wholeMs / 2));
      return null;
    } catch (error) {
      if (isOfAll(error)) throw error;
      return error ?? new Error('It failed without a reason.');
    }
  }

  /** What stops one account's turn, such as a statement that takes too long, does not stop those after it. */
  private async workApart(): Promise<'again' | null> {
    const troubled = await this.database.system<{ accountId: string; job: string }>(troubledAccounts(MOST_PARTS));
    let left = false;
    for (const { accountId, job: name } of troubled) {
      const job = this.jobs.get(name);
      if (!job) continue;
      try {
        left = (await this.workFor(job, accountId)) || left;
      } catch (error) {
        if (isOfAll(error)) throw error;
        this.log.warn(`${name}: the turn of the account ${accountId} failed`, 'SharedWork', error);
      }
    }
    return left ? 'again' : null;
  }

  /**
   * A turn of an account with something set aside. Returns whether there may be more. What was set aside is tried last, and by the time
   * before the turn: it may have to wait for what is due before it, and a try that finds nothing to do would end it.
   */
  private async workFor(job: SharedJob, accountId: string): Promise<boolean> {
    const now = this.clock.forSql();
    const left = await this.turnOf(job, accountId);
    const retries = takeRetries(accountId, job.name, now, APART_ROWS);
    for (const { id, subjectId } of await this.database.system<Retry>(retries)) {
      const portion = { accountId, id: subjectId };
      const error = await this.fails(job, [portion]);
      if (error !== null) await this.setAsideIfItself(job, portion, error);
      else await this.database.system(forgetFailure(accountId, id));
    }
    return left;
  }

  private async doPieces(job: SharedJob, portions: readonly Portion[], end: number): Promise<void> {
    if (portions.length === 0 || performance.now() > end) return;
    const error = await this.fails(job, portions);
    if (error === null) return;
    const [only, another] = portions;
    if (only && !another) return this.setAsideIfItself(job, only, error);
    for (const piece of cut(portions, PIECES)) await this.doPieces(job, piece, end);
  }
}
