import { mergePatch } from '../../kit/merge-patch.js';
import type { Actor } from '../actor/actor.js';
import type { Clock } from '../clock/clock.js';
import { resourceName } from '../contract/resources.js';
import { Problem } from '../errors/problem.js';
import { JsonText } from '../projection/json-text.js';
import type { Origin } from '../projection/json-text.js';
import type { Projection } from '../projection/projection.js';
import type { StatementRun } from '../projection/sql-text.js';
import { StatementCache } from '../projection/statement-cache.js';
import type { CompiledStatement } from '../projection/statement-cache.js';
import { keyOfObject } from '../projection/view-keys.js';
import type { ObjectView } from '../projection/view.js';
import { ChangeWriter } from './change-sql.js';
import type { RowChange } from './changes.js';
import { withKeys } from './kept-keys.js';
import { recipesOf } from '../contract/recipes.js';
import { tableOf } from '../contract/tables.js';

export interface Query {
  readonly name?: string;
  readonly text: string;
  readonly values: unknown[];
  readonly rowMode?: 'array';
}

/** Runs a statement: a connection of the account's share for a single statement, a client inside a transaction. */
export interface Runner {
  query<R = Record<string, unknown>>(query: Query): Promise<{ rows: R[] }>;
}

/** The result of a change: the row in the requested view, and whether anything changed. */
export interface Applied {
  readonly json: JsonText;
  readonly changed: boolean;
}

interface Written {
  readonly json: string | null;
  readonly version: number | null;
  readonly changed: number;
}

/** Compiles changes, each shape once, and runs them. */
export class ChangeRunner {
  private readonly cache: StatementCache;

  constructor(
    private readonly projection: Projection,
    private readonly clock: Clock,
  ) {
    this.cache = new StatementCache(projection.named);
  }

  async apply(runner: Runner, actor: Actor, asked: RowChange, view: ObjectView | null): Promise<Applied> {
    const change = await withKeys(asked, actor.calendar);
    const { parameters, ...statement } = this.compiled(change, view);
    const values = parameters(runOf(actor, this.clock, valuesOf(change)));
    const { rows } = await runner.query({ ...statement, values });
    const row = rows[0] as Written | undefined;
    const id = change.verb === 'insert' ? String(change.rows[0]?.id ?? '') : change.id;
    const missing = change.verb !== 'insert' && (row?.json ?? null) === null;
    if (missing) throw Problem.notFound(resourceName(change.type).noun, id);
    return {
      json: new JsonText(row?.json ?? 'null', {
        id,
        version: row?.version ?? null,
        origin: view && { type: change.type, view },
      }),
      changed: (row?.changed ?? 0) > 0,
    };
  }

  /** Changes with the same verb, properties, event and view share one compiled statement. */
  private compiled(change: RowChange, view: ObjectView | null): CompiledStatement {
    const { type, verb, event } = change;
    const given = verb === 'insert' ? change.rows[0] : verb === 'update' ? change.values : {};
    const names = Object.entries(given ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    const versioned = verb === 'update' && change.version !== undefined;
    const beside = verb === 'update' && change.beside !== undefined;
    const key = [type.name, verb, event?.name, versioned, beside, names.join(), view && keyOfObject(view)].join(' ');
    return this.cache.get(key, () => {
      const writer = new ChangeWriter(this.projection);
      return { text: writer.write(change, view), sql: writer.sql };
    });
  }
}

export function runOf(actor: Actor, clock: Clock, values: StatementRun['values']): StatementRun {
  const { accountId: account, scopes, calendar: settings } = actor;
  return { account, scopes, settings, timeZone: settings.timeZone, now: clock.forSql(), values };
}

export function jsonOf({ type, view }: Origin, id: string, row: Record<string, unknown> | undefined): JsonText {
  if (typeof row?.json !== 'string') throw Problem.notFound(resourceName(type).noun, id);
  const version = typeof row.version === 'number' ? row.version : null;
  return new JsonText(row.json, { id, version, origin: { type, view } });
}

function valuesOf(change: RowChange): StatementRun['values'] {
  switch (change.verb) {
    case 'insert':
      return { rows: JSON.stringify(change.rows.map(snakeRow(change))) };
    case 'update':
      return { id: change.id, version: change.version, beside: JSON.stringify(change.beside), ...setValues(change) };
    case 'remove':
    case 'restore':
      return { id: change.id };
  }
}

function setValues(change: Extract<RowChange, { verb: 'update' }>): Record<string, unknown> {
  const { columns } = tableOf(change.type);
  return Object.fromEntries(
    Object.entries(change.values).map(([property, value]) => {
      const json = columns.get(property)?.json === true && value !== null && value !== undefined;
      return [`set.${property}`, json ? JSON.stringify(value) : value];
    }),
  );
}

function snakeRow({
  type,
}: Extract<RowChange, { verb: 'insert' }>): (row: Readonly<Record<string, unknown>>) => object {
  const { columns } = tableOf(type);
  const recipes = recipesOf(type);
  return (row) =>
    Object.fromEntries(
      Object.entries(row).map(([property, value]) => {
        // In a new object too, null means absent.
        const stored = recipes.get(property)?.merges && value !== undefined ? mergePatch({}, value) : jsonValue(value);
        return [columns.get(property)?.name ?? property, stored];
      }),
    );
}

/** JSON has no bytes: PostgreSQL reads them in hex. */
function jsonValue(value: unknown): unknown {
  return Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value;
}
