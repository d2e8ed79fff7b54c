import type { Type } from '@nestjs/common';
import { usualFields } from '../contract/recipes.js';
import { resourceName } from '../contract/resources.js';
import { tableOf } from '../contract/tables.js';
import { Cursors } from './cursors.js';
import type { CursorPlace } from './cursors.js';
import { boundedSql } from './json-text.js';
import { ObjectWriter } from './object.js';
import { SqlText, literal } from './sql-text.js';
import { StatementCache } from './statement-cache.js';
import type { CompiledStatement } from './statement-cache.js';
import type { ObjectView, PageView, ViewRead } from './view.js';
import { keyOfObject, keyOfPage } from './view-keys.js';

/**
 * Compiles a view to one SQL statement whose text is the answer. It is the only reader of owned tables, and every
 * statement is restricted to an account: every level compares `account_id` with the same parameter.
 */
export class Projection {
  private readonly cursors: Cursors;
  private readonly cache: StatementCache;

  /** @param named whether frequent statements may be prepared in their connection */
  constructor(
    secret: Buffer,
    readonly named = true,
  ) {
    this.cache = new StatementCache(named);
    this.cursors = new Cursors(secret);
  }

  /** A page of the account's rows; the cursors are the run's values `after` and `before`. */
  page(type: Type, view: PageView): CompiledStatement {
    return this.cache.get(
      `page ${type.name} ${keyOfPage(view, [this.shapeOf(view, 'after'), this.shapeOf(view, 'before')])}`,
      () => {
        const sql = new SqlText();
        return {
          sql,
          text: `select ${boundedSql(`${new ObjectWriter(sql, this.cursors).page(type, view)}::text`)} as json`,
        };
      },
    );
  }

  /** One row by its id, the run's value `id`. */
  one(type: Type, view: ObjectView): CompiledStatement {
    return this.cache.get(`one ${type.name} ${keyOfObject(view)}`, () => {
      const sql = new SqlText();
      const { name, softDeleted, columns } = tableOf(type);
      const version = columns.has('version') ? ', t.version' : '';
      const object = this.object(sql, type, 't', view);
      const found = `t.account_id = ${sql.account()} and t.id = ${sql.value('id', 'uuid')}`;
      const alive = softDeleted ? ' and t.deleted_at is null' : '';
      return { sql, text: `select ${object}::text as json${version} from ${name} t where ${found}${alive}` };
    });
  }

  /** One row by its id in another system, the run's values `source` and `externalId`. */
  byName(type: Type, view: ObjectView): CompiledStatement {
    return this.cache.get(`named ${type.name} ${keyOfObject(view)}`, () => {
      const sql = new SqlText();
      const { name, softDeleted } = tableOf(type);
      const object = this.object(sql, type, 't', view);
      const resource = `x.account_id = ${sql.account()} and x.resource = ${literal(resourceName(type).noun)}`;
      const named = `x.source = ${sql.value('source', 'text')} and x.external_id = ${sql.value('externalId', 'text')}`;
      const found = `t.account_id = ${sql.account()} and t.id = (select x.resource_id from external_ids x where ${resource} and ${named})`;
      const alive = softDeleted ? ' and t.deleted_at is null' : '';
      return { sql, text: `select ${object}::text as json, t.id, t.version from ${name} t where ${found}${alive}` };
    });
  }

  /** Several reads as one statement: a column for each, `c0` and so on, null where nothing is found. */
  reads(key: string, reads: readonly ViewRead[]): CompiledStatement {
    return this.cache.get(`reads ${key}`, () => {
      const sql = new SqlText();
      const writer = new ObjectWriter(sql, this.cursors);
      const columns = reads.map((read, index) => `${boundedSql(`${writer.read(read)}::text`)} as c${index}`);
      return { sql, text: `select ${columns.join(', ')}` };
    });
  }

  /** The JSON of a row that a statement already has as `alias`. */
  object(sql: SqlText, type: Type, alias: string, view: ObjectView): string {
    return new ObjectWriter(sql, this.cursors).write(type, alias, view);
  }

  /** The same for the log: whole, because each reader has other scopes. */
  recorded(sql: SqlText, type: Type, alias: string): string {
    return new ObjectWriter(sql, this.cursors, true).write(type, alias, wholeView(type));
  }

  /** The representations of rows of many accounts: the run's values `accounts` and `ids`, side by side. */
  snapshots(type: Type): CompiledStatement {
    return this.cache.get(`snapshots ${type.name}`, () => {
      const sql = new SqlText();
      const pairs = `unnest(${sql.value('accounts', 'uuid[]')}, ${sql.value('ids', 'uuid[]')}) k(account_id, id)`;
      const object = this.object(sql, type, 't', wholeView(type));
      const text = `select t.account_id as "accountId", t.id, ${object} as snapshot from ${pairs} join ${tableOf(type).name} t using (account_id, id)`;
      return { sql, text };
    });
  }

  private shapeOf({ sort, ...cursors }: PageView, place: CursorPlace): readonly boolean[] | null {
    const cursor = cursors[place] ?? null;
    const length = sort.some(({ field }) => field === 'id') ? sort.length : sort.length + 1;
    return cursor === null ? null : this.cursors.shape(cursor, length, place);
  }
}

const wholeViews = new Map<Type, ObjectView>();

/** Every property that is shown unasked, and no relation: REST's default, and what events carry. */
export function wholeView(type: Type): ObjectView {
  const known = wholeViews.get(type);
  if (known) return known;
  const view = { fields: usualFields(type).map((name) => ({ key: name, name })) };
  wholeViews.set(type, view);
  return view;
}
