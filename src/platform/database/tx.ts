import type { Type } from '@nestjs/common';
import type { AccountCalendar, Actor } from '../actor/actor.js';
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
import type { Topic } from './topics.js';
import type { Unit } from './unit.js';

/** A statement of a feature's `*.sql.ts`: every value is bound, and owned tables are named with their account. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Runs a statement and answers its rows. */
export type Run = <R>(statement: Statement) => Promise<R[]>;

/** The only way to write: an actor's changes in one transaction. No other writer is in scope. */
export class Tx {
  constructor(
    readonly actor: Actor,
    private readonly unit: Unit,
    private readonly changes: ChangeRunner,
    private readonly projection: Projection,
    private readonly clock: Clock,
  ) {}

  /** Signals that there may be work for a topic: after the commit, and not at all if the transaction is rolled back. */
  wake(topic: Topic): void {
    this.unit.wake(topic);
  }

  /** The same transaction by other settings: those that it is about to give the account. */
  withCalendar(calendar: AccountCalendar): Tx {
    return new Tx({ ...this.actor, calendar }, this.unit, this.changes, this.projection, this.clock);
  }

  /** Runs a change and returns the row in the view; without a view, only its id. */
  async apply(change: RowChange, view: ObjectView | null = null): Promise<Applied> {
    return this.changes.apply(this.unit.client, this.actor, change, view);
  }

  /** A row of this account, locked until the end of the transaction. */
  async find<T extends { id: string }>(type: Type<T>, id: string): Promise<T> {
    const [row] = await this.select(type, { id });
    if (!row) throw Problem.notFound(resourceName(type).noun, id);
    return row;
  }

  /**
   * The rows of this account whose properties equal these values, or one of a list of values, locked in the order of
   * their ids.
   */
  async select<T>(type: Type<T>, where: Readonly<Record<string, unknown>>): Promise<T[]> {
    const { name, columns, softDeleted } = tableOf(type);
    const shown = [...columns].map(([property, column]) => `t.${column.name} as "${property}"`);
    const tests = Object.entries(where).map(([property, value], i) => {
      const placeholder = Array.isArray(value) ? `any($${i + 2})` : `$${i + 2}`;
      return `t.${columnOf(type, property).name} = ${placeholder}`;
    });
    const alive = softDeleted && !('deletedAt' in where) ? ['t.deleted_at is null'] : [];
    const conditions = ['t.account_id = $1', ...tests, ...alive].join(' and ');
    const text = `select ${shown.join(', ')} from ${name} t where ${conditions} order by t.id for update`;
    const { rows } = await this.unit.client.query(text, [this.actor.accountId, ...Object.values(where)]);
    return rows as T[];
  }

  /**
   * The row that an id of the input refers to, locked.
   *
   * @throws Problem `unknown_reference` at the pointer, if the account has no such row. A deleted row counts as
   *   missing.
   */
  async linked<T extends { id: string }>(type: Type<T>, id: string, pointer: string): Promise<T> {
    const [row] = await this.linkedAll(type, [id], pointer);
    if (!row) throw new Error('A row that was linked is missing.');
    return row;
  }

  /** The rows that ids of the input refer to. All of them must exist. */
  async linkedAll<T extends { id: string }>(type: Type<T>, ids: readonly string[], pointer: string): Promise<T[]> {
    const rows = await this.select<T>(type, { id: ids });
    const found = new Set(rows.map(({ id }) => id));
    const missing = ids.filter((id) => !found.has(id));
    if (missing.length > 0) throw Problem.unknownReference(resourceName(type).noun, missing, pointer);
    return rows;
  }

  /** A resource in a view, as this transaction sees it. */
  async one(type: Type, id: string, view: ObjectView): Promise<JsonText> {
    const { parameters, ...statement } = this.projection.one(type, view);
    const values = parameters(runOf(this.actor, this.clock, { id }));
    const { rows } = await this.unit.client.query<Record<string, unknown>>({ ...statement, values });
    return jsonOf({ type, view }, id, rows[0]);
  }

  /** Runs a feature's own statement. */
  async run<R>(statement: Statement): Promise<R[]> {
    const { rows } = await this.unit.client.query(statement.text, [...statement.values]);
    return rows as R[];
  }
}
