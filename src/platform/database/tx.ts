import type { Type } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { Actor } from '../actor/actor.js';
import type { Clock } from '../clock/clock.js';
import { resourceName } from '../contract/resources.js';
import { Problem } from '../errors/problem.js';
import type { JsonText } from '../projection/json-text.js';
import type { Projection } from '../projection/projection.js';
import type { ObjectView } from '../projection/view.js';
import { jsonOf, runOf } from './apply-change.js';
import type { Applied, ChangeRunner } from './apply-change.js';
import type { RowChange } from './changes.js';
import { columnOf, tableOf } from '../contract/tables.js';

/** A statement of a feature's `*.sql.ts`: every value is bound, and owned tables are named with their account. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** The only way to write: an actor's changes in one transaction. No other writer is in scope. */
export class Tx {
  constructor(
    readonly actor: Actor,
    private readonly client: PoolClient,
    private readonly changes: ChangeRunner,
    private readonly projection: Projection,
    private readonly clock: Clock,
  ) {}

  /** Runs a change and returns the row in the view; without a view, only its id. */
  async apply(change: RowChange, view: ObjectView | null = null): Promise<Applied> {
    return this.changes.apply(this.client, this.actor, change, view);
  }

  /** A row of this account, locked until the end of the transaction. */
  async find<T extends { id: string }>(type: Type<T>, id: string): Promise<T> {
    const [row] = await this.select(type, { id });
    if (!row) throw Problem.notFound(resourceName(type).noun, id);
    return row;
  }

  /** The rows of this account whose properties equal these values, locked in the order of their ids. */
  async select<T>(type: Type<T>, where: Readonly<Record<string, unknown>>): Promise<T[]> {
    const { name, columns, softDeleted } = tableOf(type);
    const shown = [...columns].map(([property, column]) => `t.${column.name} as "${property}"`);
    const tests = Object.keys(where).map((property, i) => `t.${columnOf(type, property).name} = $${i + 2}`);
    const alive = softDeleted && !('deletedAt' in where) ? ['t.deleted_at is null'] : [];
    const conditions = ['t.account_id = $1', ...tests, ...alive].join(' and ');
    const text = `select ${shown.join(', ')} from ${name} t where ${conditions} order by t.id for update`;
    const { rows } = await this.client.query(text, [this.actor.accountId, ...Object.values(where)]);
    return rows as T[];
  }

  /** A resource in a view, as this transaction sees it. */
  async one(type: Type, id: string, view: ObjectView): Promise<JsonText> {
    const { parameters, ...statement } = this.projection.one(type, view);
    const values = parameters(runOf(this.actor, this.clock, { id }));
    const { rows } = await this.client.query<Record<string, unknown>>({ ...statement, values });
    return jsonOf(type, id, rows[0]);
  }

  /** Runs a feature's own statement. */
  async run<R>(statement: Statement): Promise<R[]> {
    const { rows } = await this.client.query(statement.text, [...statement.values]);
    return rows as R[];
  }
}
