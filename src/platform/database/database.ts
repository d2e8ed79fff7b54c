import { Injectable } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { Pool, PoolClient } from 'pg';
import type { Actor } from '../actor/actor.js';
import { Clock } from '../clock/clock.js';
import { Projection } from '../projection/projection.js';
import type { StatementRun } from '../projection/sql-text.js';
import type { ObjectView, ViewRead } from '../projection/view.js';
import { keyOfReads } from '../projection/view-keys.js';
import { ChangeRunner, runOf } from './apply-change.js';
import type { Applied, Query, Runner } from './apply-change.js';
import { ConnectionShares } from './connection-shares.js';
import type { RowChange } from './changes.js';
import { PatientQuery } from './patient-query.js';
import { Rows, refuse } from './rows.js';
import { isRetryable } from '../errors/sqlstate.js';
import { OUTBOX } from './topics.js';
import { Tx } from './tx.js';
import type { Run, Statement } from './tx.js';
import { Unit, unitOf } from './unit.js';
import { Wakeups } from './wakeups.js';

const MOST_TRIES = 5;

/**
 * The only access to PostgreSQL. Read: `rows(Thing, actor)`. Change: `write(actor, async (tx) => …)`, or `apply` for a
 * single change. The worker's set-based statements over all accounts go through `system`.
 */
@Injectable()
export class Database {
  private readonly changes: ChangeRunner;
  private readonly shares: ConnectionShares;

  constructor(
    private readonly pool: Pool,
    private readonly projection: Projection,
    private readonly clock: Clock,
    private readonly wakeups: Wakeups,
    connectionsEach?: number,
  ) {
    this.shares = new ConnectionShares(pool, connectionsEach);
    this.changes = new ChangeRunner(projection, clock);
  }

  rows(type: Type, actor: Actor): Rows {
    return new Rows(type, actor, this.runnerOf(actor), this.projection, this.clock);
  }

  /**
   * Several reads as one statement: the text of each, in order, null where nothing was found. A caller that plans reads once and
   * runs them often passes their key.
   */
  async readViews(
    actor: Actor,
    reads: readonly ViewRead[],
    values: StatementRun['values'],
    key = keyOfReads(reads),
  ): Promise<(string | null)[]> {
    const { parameters, ...statement } = this.projection.reads(key, reads);
    const bound = parameters(runOf(actor, this.clock, values));
    const { rows } = await this.runnerOf(actor)
      .query<(string | null)[]>({ ...statement, values: bound, rowMode: 'array' })
      .catch(refuse);
    return rows[0] ?? [];
  }

  /** One change as one statement: one round trip, atomic by itself. */
  async apply(actor: Actor, change: RowChange, view: ObjectView | null = null): Promise<Applied> {
    const unit = unitOf(actor);
    const apply = (): Promise<Applied> => this.changes.apply(this.runnerOf(actor), actor, change, view);
    const applied = unit ? await apply() : await this.retried(apply);
    if (unit) unit.wake(OUTBOX);
    else this.wakeups.signal(OUTBOX);
    return applied;
  }

  /** A transaction. It is retried after a serialization failure or a deadlock, so the function must have no other effects. */
  async write<R>(actor: Actor, change: (tx: Tx) => Promise<R>): Promise<R> {
    const work = (unit: Unit): Promise<R> => {
      unit.wake(OUTBOX);
      return change(this.txOf(actor, unit));
    };
    const outer = unitOf(actor);
    return outer ? work(outer) : this.shares.run(actor.accountId, () => this.whole(work));
  }

  /**
   * Several calls that are committed together: the function acts as the actor that it is given. Inside another unit it is a savepoint,
   * which can fail by itself. It is retried after a serialization failure or a deadlock, so it must only affect the database.
   */
  async together<R>(actor: Actor, work: (actor: Actor) => Promise<R>): Promise<R> {
    const outer = unitOf(actor);
    if (outer) return this.part(outer, () => work(actor));
    return this.shares.run(actor.accountId, () => this.whole((unit) => work({ ...actor, unit })));
  }

  /** A read that no view can express. The statement itself must restrict the account. */
  async read<R>(actor: Actor, statement: Statement): Promise<R[]> {
    const { text, values } = statement;
    const { rows } = await this.runnerOf(actor)
      .query<R>({ text, values: [...values] })
      .catch(refuse);
    return rows;
  }

  /**
   * Reads of one moment, whatever is written meanwhile. It takes one connection of the account's share for as long as the function runs, so the
   * function must end by itself.
   */
  async snapshot<R>(actor: Actor, work: (run: Run) => Promise<R>): Promise<R> {
    const reading = (): Promise<R> =>
      this.transaction(async (client) => {
        await client.query('set transaction isolation level repeatable read, read only');
        return work(async <S>({ text, values }: Statement) => (await client.query(text, [...values])).rows as S[]);
      });
    return this.shares.run(actor.accountId, reading).catch(refuse);
  }

  /**
   * A statement of the worker over all accounts. Never used for a request.
   *
   * @param patienceMs how long it may take, in milliseconds; half of it may be spent on waiting for a lock. It is then retried after a
   *   serialization failure or a deadlock, as `systemWrite` is
   */
  async system<R>(statement: Statement, patienceMs?: number): Promise<R[]> {
    if (patienceMs !== undefined) return this.retried(() => this.patiently<R>(statement, patienceMs));
    const { rows } = await this.pool.query(statement.text, [...statement.values]).catch(refuse);
    return rows as R[];
  }

  /**
   * Several statements of the worker in one transaction; the locks they take end with it. `as` writes for one account in the
   * same transaction.
   *
   * @param patienceMs how long one statement may take, in milliseconds; half of it may be spent on waiting for a lock
   */
  async systemWrite<R>(work: (run: Run, as: (actor: Actor) => Tx) => Promise<R>, patienceMs?: number): Promise<R> {
    return this.whole(
      (unit) =>
        work(
          async <S>({ text, values }: Statement) => (await unit.client.query(text, [...values])).rows as S[],
          (actor) => this.txOf(actor, unit),
        ),
      patienceMs,
    );
  }

  private async patiently<R>(statement: Statement, patienceMs: number): Promise<R[]> {
    const query = new PatientQuery(statement, patienceMs) as unknown as string;
    return (await this.pool.query(query)).rows as R[];
  }

  /** The actor's transaction, else a connection of its account's share for each statement. */
  private runnerOf(actor: Actor): Runner {
    const client = unitOf(actor)?.client;
    if (client) return client;
    return {
      query: <R>(query: Query) =>
        this.shares.run(actor.accountId, () => this.pool.query(query) as unknown as Promise<{ rows: R[] }>),
    };
  }

  private txOf(actor: Actor, unit: Unit): Tx {
    return new Tx(actor, unit, this.changes, this.projection, this.clock);
  }

  /** Runs a whole unit of work. The topics that it wakes are signalled after the commit, and not at all if it fails. */
  private async whole<R>(work: (unit: Unit) => Promise<R>, patienceMs?: number): Promise<R> {
    const { result, unit } = await this.retried(() =>
      this.transaction(async (client) => {
        const unit = new Unit(client);
        return { result: await work(unit), unit };
      }, patienceMs),
    );
    for (const topic of unit.woken) this.wakeups.signal(topic);
    return result;
  }

  private async part<R>(unit: Unit, work: () => Promise<R>): Promise<R> {
    const { client, woken } = unit;
    await client.query('savepoint part');
    try {
      const result = await work();
      await client.query('release savepoint part');
      return result;
    } catch (error) {
      if (isRetryable(error)) throw error;
      await client.query('rollback to savepoint part');
      unit.woken = woken;
      return refuse(error);
    }
  }

  private async transaction<R>(work: (client: PoolClient) => Promise<R>, patienceMs?: number): Promise<R> {
    let broken: Error | undefined;
    const lost = (error: Error): void => void (broken = error);
    const client = await this.connected(lost);
    try {
      await client.query(patienceMs === undefined ? 'begin' : beginWith(Math.ceil(patienceMs)));
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(lost);
      throw error;
    } finally {
      client.off('error', lost);
      client.release(broken);
    }
  }

  /**
   * A connection whose errors are listened to from its first moment: the server may end a session between two statements, and even
   * with the bytes that open it. Without a listener, that ends the process.
   */
  private connected(lost: (error: Error) => void): Promise<PoolClient> {
    return new Promise((resolve, reject) => {
      this.pool.connect((error, client) => {
        if (!client) return reject(error ?? new Error('There is no connection.'));
        client.on('error', lost);
        resolve(client);
      });
    });
  }

  private async retried<R>(work: () => Promise<R>): Promise<R> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (!isRetryable(error) || tries >= MOST_TRIES) refuse(error);
      }
    }
  }
}

/** One round trip. The settings end with the transaction, so they hold behind a pooler too. */
function beginWith(patienceMs: number): string {
  const lockMs = Math.ceil(patienceMs / 2);
  return `begin; set local statement_timeout = ${patienceMs}; set local lock_timeout = ${lockMs}`;
}
