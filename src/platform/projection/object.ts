import type { Type } from '@nestjs/common';
import { recipesOf } from '../contract/recipes.js';
import { relationsOf } from '../contract/relations.js';
import type { Relation } from '../contract/relations.js';
import { columnOf, tableOf } from '../database/tables.js';
import type { Cursors } from './cursors.js';
import { rowSql, shownSql } from './expressions.js';
import { PageWriter } from './page.js';
import { literal } from './sql-text.js';
import type { SqlText } from './sql-text.js';
import { isPageView } from './view.js';
import type { ObjectView, PageView, ViewField } from './view.js';

/** Writes a view of a row as one JSON object; relations become subqueries inside it. */
export class ObjectWriter {
  private aliases = 0;

  constructor(
    private readonly sql: SqlText,
    private readonly cursors: Cursors,
  ) {}

  write(type: Type, alias: string, view: ObjectView): string {
    return rowSql(view.fields.map((field) => [field.key, this.field(type, alias, field)]));
  }

  /** A list that hangs on nothing: all of the account's rows. */
  page(type: Type, view: PageView): string {
    const source = { type, alias: this.alias(), from: null, conditions: [], mirrors: {}, path: type.name, root: true };
    return this.writePage(source, view);
  }

  alias(): string {
    this.aliases += 1;
    return `t${this.aliases}`;
  }

  private field(type: Type, alias: string, field: ViewField): string {
    if (field.name === '__typename') return literal(type.name);
    if (recipesOf(type).has(field.name)) return shownSql(this.sql, type, field.name, alias);
    const relation = relationsOf(type).get(field.name);
    if (!relation || !field.view) throw new Error(`${type.name}.${field.name} cannot be shown.`);
    if (isPageView(field.view)) return this.many(relation, alias, field.view);
    return this.one(relation, alias, field.view);
  }

  private one(relation: Relation, above: string, view: ObjectView): string {
    const [type, alias] = [relation.to(), this.alias()];
    const table = tableOf(type);
    const alive = table.softDeleted ? [`${alias}.deleted_at is null`] : [];
    const conditions = [`${alias}.account_id = ${this.sql.account()}`, ...this.ties(relation, above, alias), ...alive];
    return `(select ${this.write(type, alias, view)} from ${table.name} ${alias} where ${conditions.join(' and ')} limit 1)`;
  }

  private many(relation: Relation, above: string, view: PageView): string {
    const [type, alias] = [relation.to(), this.alias()];
    const path = `${relation.from.name}.${relation.name}`;
    const { through } = relation;
    if (!through) {
      const conditions = this.ties(relation, above, alias);
      return this.writePage({ type, alias, from: null, conditions, mirrors: {}, path, root: false }, view);
    }
    const link = this.alias();
    const mirrors = Object.fromEntries(
      Object.entries(through.mirrors).map(([name, column]) => [name, `${link}.${column}`]),
    );
    const conditions = [
      `${link}.account_id = ${this.sql.account()}`,
      `${link}.${through.source} = ${above}.id`,
      `${alias}.id = ${link}.${through.target}`,
      ...this.ties(relation, above, alias),
    ];
    return this.writePage(
      { type, alias, from: `${through.table} ${link}`, conditions, mirrors, path, root: false },
      view,
    );
  }

  private writePage(source: ConstructorParameters<typeof PageWriter>[1], view: PageView): string {
    return new PageWriter(this.sql, source, view, this.cursors, (...row) => this.write(...row)).write();
  }

  private ties(relation: Relation, above: string, alias: string): string[] {
    const type = relation.to();
    const equal = Object.entries(relation.match).map(([target, source]) => {
      return `${alias}.${columnOf(type, target).name} = ${above}.${columnOf(relation.from, source).name}`;
    });
    const fixed = Object.entries(relation.where).map(([target, value]) => {
      return `${alias}.${columnOf(type, target).name} = ${literal(value)}`;
    });
    return [...equal, ...fixed];
  }
}
