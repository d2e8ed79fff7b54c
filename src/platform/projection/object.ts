import type { Type } from '@nestjs/common';
import { recipesOf } from '../contract/recipes.js';
import type { Recipe } from '../contract/recipes.js';
import { relationsOf } from '../contract/relations.js';
import type { Relation } from '../contract/relations.js';
import { readScopeOf } from '../contract/resources.js';
import { columnOf, tableOf } from '../contract/tables.js';
import type { Cursors } from './cursors.js';
import { rowSql, shownSql, valueSql } from './expressions.js';
import { PageWriter } from './page.js';
import { partSql } from './part.js';
import { literal } from './sql-text.js';
import type { SqlText } from './sql-text.js';
import { isPageView } from './view.js';
import type { NodeViews, ObjectView, PageView, ViewRead, ViewField } from './view.js';

/** Writes a view of a row as one JSON object; relations become subqueries inside it. */
export class ObjectWriter {
  private aliases = 0;

  constructor(
    private readonly sql: SqlText,
    private readonly cursors: Cursors,
    /** Whether the program itself writes it down, for readers with other scopes than the caller's. */
    private readonly recorded = false,
  ) {}

  write(type: Type, alias: string, view: ObjectView): string {
    return rowSql(view.fields.map((field) => [field.key, this.field(type, alias, field)]));
  }

  /** A list at the root: all of the account's rows. */
  page(type: Type, view: PageView): string {
    const alias = this.alias();
    const cursors = { after: view.afterFrom ?? 'after', before: view.beforeFrom ?? 'before' };
    return this.writePage({ type, alias, from: null, conditions: [], mirrors: {}, path: type.name, cursors }, view);
  }

  /** A scalar subquery whose value is the result of a read, or null. */
  read(read: ViewRead): string {
    switch (read.kind) {
      case 'page':
        return this.page(read.type, read.view);
      case 'one':
        return this.row(read.type, read.view, this.sql.value(read.id, 'uuid'));
      case 'node':
        return this.node(read.views, this.sql.value(read.id, 'uuid'));
      case 'nodes': {
        const asked = this.alias();
        const items = `json_agg(${this.node(read.views, `${asked}.id`)} order by ${asked}.n)`;
        const ids = `unnest(${this.sql.value(read.ids, 'uuid[]')}) with ordinality ${asked}(id, n)`;
        return `(select coalesce(${items}, '[]'::json) from ${ids})`;
      }
    }
  }

  alias(): string {
    this.aliases += 1;
    return `t${this.aliases}`;
  }

  private field(type: Type, alias: string, field: ViewField): string {
    if (field.name === '__typename') return `${literal(type.name)}::text`;
    const recipe = recipesOf(type).get(field.name);
    if (recipe && field.view && !isPageView(field.view)) return this.part(recipe, type, alias, field, field.view);
    if (recipe) return this.seen(recipe, type, alias, shownSql(this.sql, type, field.name, alias));
    const relation = relationsOf(type).get(field.name);
    if (!relation || !field.view) throw new Error(`${type.name}.${field.name} cannot be shown.`);
    this.sql.needs(readScopeOf(relation.to()));
    if (isPageView(field.view)) return this.many(relation, alias, field.view);
    return this.one(relation, alias, field.view);
  }

  /** A part; one that is computed is computed once, which `offset 0` makes sure of. */
  private part(recipe: Recipe, type: Type, alias: string, { name }: ViewField, view: ObjectView): string {
    const value = valueSql(this.sql, type, name, alias);
    const names = (): string => this.alias();
    if (!recipe.computed) return partSql(recipe, value, view, names);
    const once = this.alias();
    return `(select ${partSql(recipe, `${once}.v`, view, names)} from (select ${value} as v offset 0) ${once})`;
  }

  /** A copy of another resource is shown to those who may read that one. */
  private seen({ copyOf }: Recipe, type: Type, alias: string, value: string): string {
    if (copyOf === undefined || this.recorded) return value;
    return `case when ${alias}.${columnOf(type, copyOf).name} = any(${this.sql.readable()}) then ${value} end`;
  }

  /** Looks the id up by primary key in each of the possible tables until one has it. */
  private node(views: NodeViews, id: string): string {
    const rows = [...views].map(([type, view]) => this.row(type, view, id));
    return rows.length > 0 ? `coalesce(${rows.join(', ')})` : `case when ${id} is null then null::json end`;
  }

  private row(type: Type, view: ObjectView, id: string): string {
    const [alias, { name, softDeleted }] = [this.alias(), tableOf(type)];
    const alive = softDeleted ? ` and ${alias}.deleted_at is null` : '';
    const found = `${alias}.account_id = ${this.sql.account()} and ${alias}.id = ${id}${alive}`;
    return `(select ${this.write(type, alias, view)} from ${name} ${alias} where ${found})`;
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
    const cursors = { after: view.afterFrom ?? null, before: view.beforeFrom ?? null };
    if (!through) {
      const conditions = this.ties(relation, above, alias);
      return this.writePage({ type, alias, from: null, conditions, mirrors: {}, path, cursors }, view);
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
    return this.writePage({ type, alias, from: `${through.table} ${link}`, conditions, mirrors, path, cursors }, view);
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
