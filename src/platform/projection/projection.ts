import { createHash } from 'node:crypto';
import type { Type } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { recipesOf } from '../contract/recipes.js';
import { tableOf } from '../database/tables.js';
import { Cursors } from './cursors.js';
import { ObjectWriter } from './object.js';
import { SqlText } from './sql-text.js';
import type { Run } from './sql-text.js';
import type { ObjectView, PageView } from './view.js';

/** A statement whose single cell `json` is the answer. */
export interface Compiled {
  /** Set for point reads only: a named statement is planned once per connection. */
  readonly name?: string;
  readonly text: string;
  readonly parameters: (run: Run) => unknown[];
}

const CACHED_STATEMENTS = 500;

/**
 * Compiles a view to one SQL statement whose text is the answer. It is the only reader of owned tables, and it
 * cannot compile without an account: every level compares `account_id` with the same parameter.
 */
export class Projection {
  private readonly compiled = new LRUCache<string, Compiled>({ max: CACHED_STATEMENTS });

  constructor(private readonly secret: Buffer) {}

  /** A page of the account's rows. Cursors are judged here, so only pages from the beginning are kept compiled. */
  page(type: Type, view: PageView, account: string): Compiled {
    const compile = (): Compiled => {
      const sql = new SqlText();
      const text = `select ${new ObjectWriter(sql, this.cursors(account)).page(type, view)}::text as json`;
      return { text, parameters: (run) => sql.parameters(run) };
    };
    return view.after === null ? this.kept(`page ${type.name} ${JSON.stringify(view)}`, compile) : compile();
  }

  /** One row by its id, the run's value `id`. */
  one(type: Type, view: ObjectView, account: string): Compiled {
    const key = JSON.stringify(view);
    return this.kept(`one ${type.name} ${key}`, () => {
      const sql = new SqlText();
      const { name, softDeleted } = tableOf(type);
      const object = new ObjectWriter(sql, this.cursors(account)).write(type, 't', view);
      const found = `t.account_id = ${sql.account()} and t.id = ${sql.value('id', 'uuid')}`;
      const text = `select ${object}::text as json from ${name} t where ${found}${softDeleted ? ' and t.deleted_at is null' : ''}`;
      return { name: statementName(text), text, parameters: (run) => sql.parameters(run) };
    });
  }

  /** The JSON of a row that a statement already has at hand under `alias`. */
  object(sql: SqlText, type: Type, alias: string, view: ObjectView, account = ''): string {
    return new ObjectWriter(sql, this.cursors(account)).write(type, alias, view);
  }

  /** The representations of rows of many accounts: the run's values `accounts` and `ids`, side by side. */
  snapshots(type: Type): Compiled {
    return this.kept(`snapshots ${type.name}`, () => {
      const sql = new SqlText();
      const pairs = `unnest(${sql.value('accounts', 'uuid[]')}, ${sql.value('ids', 'uuid[]')}) k(account_id, id)`;
      const object = this.object(sql, type, 't', wholeView(type));
      const text = `select t.id, ${object} as snapshot from ${pairs} join ${tableOf(type).name} t using (account_id, id)`;
      return { text, parameters: (run) => sql.parameters(run) };
    });
  }

  private cursors(account: string): Cursors {
    return new Cursors(this.secret, account);
  }

  private kept(key: string, compile: () => Compiled): Compiled {
    const known = this.compiled.get(key);
    if (known) return known;
    const made = compile();
    this.compiled.set(key, made);
    return made;
  }
}

const wholeViews = new Map<Type, ObjectView>();

/** Every property and no relation: REST's default, and what events carry. */
export function wholeView(type: Type): ObjectView {
  const known = wholeViews.get(type);
  if (known) return known;
  const view = { fields: [...recipesOf(type).keys()].map((name) => ({ key: name, name })) };
  wholeViews.set(type, view);
  return view;
}

/** PostgreSQL cuts names at 63 bytes. */
function statementName(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
