import type { Type } from '@nestjs/common';
import type { EventType } from '../contract/catalogue.js';
import { previousSql, recordSql } from './record-sql.js';
import type { Projection } from '../projection/projection.js';
import { wholeView } from '../projection/projection.js';
import { SqlText, literal } from '../projection/sql-text.js';
import type { ObjectView } from '../projection/view.js';
import type { RowChange, Insertion, Removal, Restoration, Update, Values } from './changes.js';
import { LARGEST_JSON, MOST_KEYS } from '../contract/kinds/json.js';
import { recipesOf } from '../contract/recipes.js';
import { columnOf, tableOf } from '../contract/tables.js';
import type { Column } from '../contract/tables.js';

/** How long a deleted row can be restored. */
const KEPT_DAYS = 30;

/**
 * Compiles a change to one statement: the row, its event, the event's place in the outbox, and, in the column `json`,
 * the row in the caller's view. It is one round trip, and atomic without an explicit transaction.
 */
export class ChangeWriter {
  readonly sql = new SqlText();

  constructor(private readonly projection: Projection) {}

  write(change: RowChange, view: ObjectView | null): string {
    switch (change.verb) {
      case 'insert':
        return this.insert(change, view);
      case 'update':
        return this.update(change, view);
      case 'remove':
        return this.remove(change, view);
      case 'restore':
        return this.restore(change, view);
    }
  }

  /** All rows are one JSON parameter, so that the statement is the same for one row and for a thousand. */
  private insert(change: Insertion, view: ObjectView | null): string {
    const { type } = change;
    const columns = givenColumns(type, change.rows[0] ?? {});
    const names = columns.map(([, column]) => column.name);
    const record = columns.map(([, column]) => `${column.name} ${column.type}`).join(', ');
    const stamped = this.stamps(type);
    const rows = `json_to_recordset(${this.sql.value('rows', 'json')}) as r(${record})`;
    const into = ['account_id', ...names, ...stamped.map(([name]) => name)].join(', ');
    const from = [this.sql.account(), ...names.map((name) => `r.${name}`), ...stamped.map(([, value]) => value)].join(
      ', ',
    );
    const written = `after as (insert into ${tableOf(type).name} (${into}) select ${from} from ${rows} returning *)`;
    return this.statement([written, ...this.recorded(change, 'null::json')], change, view);
  }

  /** The row is locked and compared first: equal values change nothing and record nothing. */
  private update(change: Update, view: ObjectView | null): string {
    const { type } = change;
    const table = tableOf(type);
    const columns = givenColumns(type, change.values);
    const values = columns.map(([property, column]) => [column, this.newValue(type, property, column)] as const);
    const found = `account_id = ${this.sql.account()} and id = ${this.sql.value('id', 'uuid')}`;
    const alive = table.softDeleted ? ' and deleted_at is null' : '';
    const before = `before as (select * from ${table.name} where ${found}${alive} for update)`;
    if (values.length === 0 && !change.beside) {
      return `with ${before} select ${this.shown('before', type, view)} as json, ${versionSql(type, true, 'before')} as version, 0 as changed`;
    }
    const expected = change.version === undefined ? '' : ` and c.version = ${this.sql.value('version', 'integer')}`;
    const differs = change.beside
      ? 'true'
      : values.map(([column, value]) => `c.${column.name} is distinct from ${value}`).join(' or ');
    const sets = [...values.map(([column, value]) => `${column.name} = ${value}`), ...this.touches(type)].join(', ');
    const after = `after as (update ${table.name} c set ${sets} from before b where c.account_id = ${this.sql.account()} and c.id = b.id${expected} and (${differs}) returning c.*)`;
    const own = previousSql(this.sql, this.projection, type);
    const beside = (): string => this.sql.value('beside', 'jsonb');
    const previous = change.beside && change.event ? `(coalesce(${own}::jsonb, '{}') || ${beside()})::json` : own;
    return this.statement([before, after, ...this.recorded(change, previous)], change, view, true);
  }

  /**
   * What a caller's JSON object becomes: the patch is merged into it. It is that of the locked row: PostgreSQL may compare other rows of
   * the account before it joins, and merging into theirs could fail.
   */
  private newValue(type: Type, property: string, column: Column): string {
    const given = this.sql.value(`set.${property}`, column.type);
    if (!recipesOf(type).get(property)?.merges) return given;
    return `merged_json(b.${column.name}, ${given}, ${literal(property)}, ${LARGEST_JSON}, ${MOST_KEYS})`;
  }

  private remove(change: Removal, view: ObjectView | null): string {
    const { type } = change;
    const { name, softDeleted } = tableOf(type);
    const found = `account_id = ${this.sql.account()} and id = ${this.sql.value('id', 'uuid')}`;
    // A function, because PostgreSQL refuses a parameter that the text does not use.
    const hidden = (): string => ['deleted_at = ' + this.sql.now(), ...this.touches(type, 'version')].join(', ');
    const written = softDeleted
      ? `after as (update ${name} set ${hidden()} where ${found} and deleted_at is null returning *)`
      : `after as (delete from ${name} where ${found} returning *)`;
    return this.statement([written, ...this.recorded(change, 'null::json')], change, view);
  }

  private restore(change: Restoration, view: ObjectView | null): string {
    const { type } = change;
    const kept = `deleted_at > ${this.sql.now()} - interval '${KEPT_DAYS} days'`;
    const found = `account_id = ${this.sql.account()} and id = ${this.sql.value('id', 'uuid')} and ${kept}`;
    const shown = ['deleted_at = null', ...this.touches(type, 'version')].join(', ');
    const written = `after as (update ${tableOf(type).name} set ${shown} where ${found} returning *)`;
    return this.statement([written, ...this.recorded(change, 'null::json')], change, view);
  }

  /** The parts, with the row after the change (or before it, if nothing changed) in the column `json`; `changed` counts the rows written. */
  private statement(
    parts: readonly string[],
    { type, event }: RowChange,
    view: ObjectView | null,
    before = false,
  ): string {
    const shown =
      view === wholeView(type) && event ? `(select data::text from event limit 1)` : this.shown('after', type, view);
    const json = before ? `coalesce(${shown}, ${this.shown('before', type, view)})` : shown;
    const version = versionSql(type, before);
    return `with ${parts.join(',\n')} select ${json} as json, ${version} as version, (select count(*) from after)::int as changed`;
  }

  private shown(rows: string, type: Type, view: ObjectView | null): string {
    if (!view) return `(select id::text from ${rows} limit 1)`;
    return `(select ${this.projection.object(this.sql, type, 's', view)}::text from ${rows} s limit 1)`;
  }

  /** The event, whose data is exactly the REST representation, and its place in the outbox. */
  private recorded({ type, event }: { type: Type; event: EventType | null }, previous: string): string[] {
    if (!event) return [];
    return recordSql(this.sql, this.projection, type, event, 'after', previous);
  }

  private stamps(type: Type): [string, string][] {
    const { columns } = tableOf(type);
    return ['createdAt', 'updatedAt']
      .filter((property) => columns.has(property))
      .map((property) => [columnOf(type, property).name, this.sql.now()]);
  }

  private touches(type: Type, alias = 'c.version'): string[] {
    const { columns } = tableOf(type);
    return [
      ...(columns.has('updatedAt') ? [`updated_at = ${this.sql.now()}`] : []),
      ...(columns.has('version') ? [`version = ${alias} + 1`] : []),
    ];
  }
}

/** The version after the change; before it when nothing changed. */
function versionSql(type: Type, before: boolean, after = 'after'): string {
  if (!tableOf(type).columns.has('version')) return 'null::integer';
  const now = `(select version from ${after} limit 1)`;
  return before ? `coalesce(${now}, (select version from before))` : now;
}

/** The columns of the properties that were given. */
function givenColumns(type: Type, values: Values): [string, Column][] {
  const given = Object.keys(values).filter((property) => values[property] !== undefined);
  return given.map((property) => [property, columnOf(type, property)]);
}
