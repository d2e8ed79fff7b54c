import type { Type } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { Actor } from '../auth/actor.js';
import type { Clock } from '../clock/clock.js';
import { resourceName } from '../contract/resources.js';
import { Problem } from '../errors/problem.js';
import { Json } from '../projection/json.js';
import type { Projection } from '../projection/projection.js';
import type { Run } from '../projection/sql-text.js';
import type { ObjectView } from '../projection/view.js';
import { ChangeWriter } from './change-sql.js';
import type { Change } from './changes.js';
import { columnOf, tableOf } from './tables.js';

/** A statement of a feature's `*.sql.ts`: every value is bound, and owned tables are named with their account. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What can run a statement: a pool for one statement alone, a client for a transaction. */
export interface Runner {
  query(text: string, values: unknown[]): Promise<{ rows: Record<string, unknown>[]; rowCount: number | null }>;
}

/** How a change ended: the row in the asked view, and whether anything changed at all. */
export interface Applied {
  readonly json: Json;
  readonly changed: boolean;
}

/** The one way to write: an actor's changes in one transaction. There is no other writer in scope. */
export class Tx {
  constructor(
    readonly actor: Actor,
    private readonly client: PoolClient,
    private readonly projection: Projection,
    private readonly clock: Clock,
  ) {}

  /** Carries out a change and answers with the row in the view; without a view only its id is read back. */
  async apply(change: Change, view: ObjectView | null = null): Promise<Applied> {
    return applyChange(this.client, this.projection, this.clock, this.actor, change, view);
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
  async one(type: Type, id: string, view: ObjectView): Promise<Json> {
    const { text, parameters } = this.projection.one(type, view, this.actor.accountId);
    const { rows } = await this.client.query(text, parameters(runOf(this.actor, this.clock, { id })));
    return jsonOf(type, id, rows[0]);
  }

  /** Runs a feature's own statement. */
  async run<R>(statement: Statement): Promise<R[]> {
    const { rows } = await this.client.query(statement.text, [...statement.values]);
    return rows as R[];
  }
}

export async function applyChange(
  runner: Runner,
  projection: Projection,
  clock: Clock,
  actor: Actor,
  change: Change,
  view: ObjectView | null,
): Promise<Applied> {
  const writer = new ChangeWriter(projection, actor.accountId);
  const text = writer.write(change, view);
  const { rows } = await runner.query(text, writer.sql.parameters(runOf(actor, clock, valuesOf(change))));
  const row = rows[0] as { json: string | null; changed: number; found?: number } | undefined;
  const id = change.verb === 'insert' ? String(change.rows[0]?.id ?? '') : change.id;
  if (change.verb !== 'insert' && (row?.json ?? null) === null)
    throw Problem.notFound(resourceName(change.type).noun, id);
  return { json: new Json(row?.json ?? 'null', id), changed: (row?.changed ?? 0) > 0 };
}

export function runOf(actor: Actor, clock: Clock, values: Run['values']): Run {
  return { account: actor.accountId, timeZone: actor.calendar.timeZone, now: clock.forSql(), values };
}

export function jsonOf(type: Type, id: string, row: Record<string, unknown> | undefined): Json {
  if (typeof row?.json !== 'string') throw Problem.notFound(resourceName(type).noun, id);
  return new Json(row.json, id);
}

function valuesOf(change: Change): Run['values'] {
  switch (change.verb) {
    case 'insert':
      return { rows: JSON.stringify(change.rows.map(snakeRow(change))) };
    case 'update':
      return { id: change.id, version: change.version, ...setValues(change) };
    case 'remove':
      return { id: change.id };
  }
}

function setValues(change: Extract<Change, { verb: 'update' }>): Record<string, unknown> {
  const { columns } = tableOf(change.type);
  return Object.fromEntries(
    Object.entries(change.values).map(([property, value]) => {
      const json = columns.get(property)?.json === true && value !== null && value !== undefined;
      return [`set.${property}`, json ? JSON.stringify(value) : value];
    }),
  );
}

function snakeRow({ type }: Extract<Change, { verb: 'insert' }>): (row: Readonly<Record<string, unknown>>) => object {
  const { columns } = tableOf(type);
  return (row) =>
    Object.fromEntries(
      Object.entries(row).map(([property, value]) => [columns.get(property)?.name ?? property, jsonValue(value)]),
    );
}

/** Bytes have no JSON of their own: PostgreSQL reads them in hex. */
function jsonValue(value: unknown): unknown {
  return Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value;
}
