import { Injectable } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { Pool, PoolClient } from 'pg';
import type { Actor } from '../auth/actor.js';
import { Clock } from '../clock/clock.js';
import { Projection } from '../projection/projection.js';
import type { ObjectView } from '../projection/view.js';
import { Changes } from './apply-change.js';
import type { Applied } from './apply-change.js';
import type { Change } from './changes.js';
import { Rows, refuse } from './rows.js';
import { isRetryable } from './sqlstate.js';
import { Tx } from './tx.js';
import type { Statement } from './tx.js';
import { Wakeups } from './wakeups.js';

const MOST_TRIES = 5;

/**
 * The only door to PostgreSQL. Read: `rows(Contact, actor)`. Change: `write(actor, async (tx) => …)`, or `apply` for a
 * change that stands alone. The worker's set-based statements over all accounts go through `system`.
 */
@Injectable()
export class Database {
  private readonly changes: Changes;

  constructor(
    private readonly pool: Pool,
    private readonly projection: Projection,
    private readonly clock: Clock,
    private readonly wakeups: Wakeups,
  ) {
    this.changes = new Changes(projection, clock);
  }

  rows(type: Type, actor: Actor): Rows {
    return new Rows(type, actor, this.pool, this.projection, this.clock);
  }

  /** One change as one statement: one round trip, atomic by itself. */
  async apply(actor: Actor, change: Change, view: ObjectView | null = null): Promise<Applied> {
    const applied = await this.retried(() => this.changes.apply(this.pool, actor, change, view));
    this.wakeups.signal('outbox');
    return applied;
  }

  /** A transaction. It is tried again when PostgreSQL asks for that, so the function must have no other effects. */
  async write<R>(actor: Actor, change: (tx: Tx) => Promise<R>): Promise<R> {
    const result = await this.retried(() =>
      this.transaction((client) => change(new Tx(actor, client, this.changes, this.projection, this.clock))),
    );
    this.wakeups.signal('outbox');
    return result;
  }

  /** A statement of the worker over all accounts, never of a request. */
  async system<R>(statement: Statement): Promise<R[]> {
    const { rows } = await this.pool.query(statement.text, [...statement.values]).catch(refuse);
    return rows as R[];
  }

  /** Several statements of the worker in one transaction; the locks they take end with it. */
  async systemWrite<R>(work: (run: <S>(statement: Statement) => Promise<S[]>) => Promise<R>): Promise<R> {
    return this.retried(() =>
      this.transaction((client) =>
        work(
          async <S>(statement: Statement) => (await client.query(statement.text, [...statement.values])).rows as S[],
        ),
      ),
    );
  }

  private async transaction<R>(work: (client: PoolClient) => Promise<R>): Promise<R> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      broken = await client.query('rollback').then(
        () => undefined,
        (failure: Error) => failure,
      );
      throw error;
    } finally {
      client.release(broken);
    }
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
