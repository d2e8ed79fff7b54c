import type { Type } from '@nestjs/common';
import { cursorSql } from '../../kit/cursor.js';
import { tableOf } from '../contract/tables.js';
import type { Cursors } from './cursors.js';
import { objectSql } from './expressions.js';
import { filterSql } from './filter.js';
import { Order } from './order.js';
import { searchSql } from './search.js';
import { literal } from './sql-text.js';
import type { StatementRun, Slot, SqlText } from './sql-text.js';
import type { EdgeEntry, InfoEntry, ObjectView, PagePart, PageView } from './view.js';

/** The source of a list's rows, before the caller's conditions. */
export interface RowSource {
  readonly type: Type;
  /** The row's alias. */
  readonly alias: string;
  /** Another table to start from, such as `memberships l`. */
  readonly from: string | null;
  /** Conditions that connect the rows to the row that contains them. */
  readonly conditions: readonly string[];
  /** Properties whose value is also in the other table, which has an index. */
  readonly mirrors: Readonly<Record<string, string>>;
  /** The list's name, which its cursors cover: `Thing` or `Thing.parts`. */
  readonly path: string;
  /** The name of the run's value with the cursor; null if the cursor belongs to the statement. */
  readonly cursorFrom: string | null;
}

export type WriteObject = (type: Type, alias: string, view: ObjectView) => string;

/**
 * Writes one page of rows as one JSON value. Its parts are computed only when the view asks for them: rows are
 * numbered, and one more than asked is read, only for a view that shows where the page ends.
 */
export class PageWriter {
  private readonly order: Order;
  private readonly matching: readonly string[];
  private readonly numbered: boolean;

  constructor(
    private readonly sql: SqlText,
    private readonly source: RowSource,
    private readonly page: PageView,
    private readonly cursors: Cursors,
    private readonly object: WriteObject,
  ) {
    const { type, alias, conditions, mirrors } = source;
    this.order = Order.of(sql, type, alias, page.sort, mirrors);
    const alive = tableOf(type).softDeleted ? [`${alias}.deleted_at is ${page.trash ? 'not null' : 'null'}`] : [];
    const asked = [
      ...(page.filter ? [filterSql(sql, type, alias, page.filter)] : []),
      ...(page.q ? [searchSql(sql, type, alias, page.q)] : []),
    ];
    this.matching = [`${alias}.account_id = ${sql.account()}`, ...conditions, ...alive, ...asked];
    this.numbered = page.parts.some((part) => part.part === 'pageInfo' && part.entries.some(needsNumbers));
  }

  /** A scalar subquery whose value is the page. */
  write(): string {
    const { parts, bare } = this.page;
    const [only] = parts;
    const shown = bare && only ? this.part(only) : objectSql(parts.map((part) => [part.key, this.part(part)]));
    if (parts.some(needsRows)) return `(select ${shown} from (${this.rows()}) ${this.source.alias})`;
    return `(select ${shown} where true or ${this.unread()})`;
  }

  /** The value is not used, but it names every parameter, because PostgreSQL refuses unused ones. */
  private unread(): string {
    return `exists (select from ${this.from()} where ${this.placed()})`;
  }

  private rows(): string {
    const { alias } = this.source;
    const limit = this.page.first + (this.numbered ? 1 : 0);
    const found = `select ${alias}.* from ${this.from()} where ${this.placed()} order by ${this.order.orderBy()} limit ${limit}`;
    if (!this.numbered) return found;
    return `select ${alias}.*, row_number() over () as page_n, count(*) over () as page_total from (${found}) ${alias}`;
  }

  private part(part: PagePart): string {
    const { type, alias } = this.source;
    switch (part.part) {
      case 'nodes':
        return this.list(this.object(type, alias, part.view));
      case 'edges':
        return this.list(objectSql(part.entries.map((entry) => [entry.key, this.entry(entry)])));
      case 'pageInfo':
        return objectSql(part.entries.map((entry) => [entry.key, this.info(entry)]));
      case 'totalCount':
        return this.count();
      case 'typename':
        return nameSql(part.type);
    }
  }

  private entry(entry: EdgeEntry): string {
    switch (entry.part) {
      case 'node':
        return this.object(this.source.type, this.source.alias, entry.view);
      case 'cursor':
        return this.cursor();
      case 'typename':
        return nameSql(entry.type);
    }
  }

  /** The subquery's order is the list's order: an aggregate over one subquery reads its rows as they come. */
  private list(item: string): string {
    const within = this.numbered ? ` filter (where ${this.source.alias}.page_n <= ${this.page.first})` : '';
    return `coalesce(json_agg(${item})${within}, '[]'::json)`;
  }

  private info({ name }: InfoEntry): string {
    const { alias } = this.source;
    switch (name) {
      case 'hasNextPage':
        return `coalesce(max(${alias}.page_total) > ${this.page.first}, false)`;
      case 'hasPreviousPage':
        return this.page.after === null ? 'false' : 'true';
      case 'endCursor':
        return `max(${this.cursor()}) filter (where ${alias}.page_n = least(${alias}.page_total, ${this.page.first}))`;
      case 'startCursor':
        return `max(${this.cursor()}) filter (where ${alias}.page_n = 1)`;
      case 'totalCount':
        return this.count();
      case '__typename':
        return nameSql('PageInfo');
    }
  }

  private cursor(): string {
    const key = this.sql.computed((run) => this.cursors.key(run.account, this.source.path, this.page), 'bytea');
    const plain = Order.of(this.sql, this.source.type, this.source.alias, this.page.sort, {});
    return cursorSql(plain.payload(), key);
  }

  private count(): string {
    return `(select count(*) from ${this.from()} where ${this.matching.join(' and ')})`;
  }

  private from(): string {
    const own = `${tableOf(this.source.type).name} ${this.source.alias}`;
    return this.source.from ? `${this.source.from}, ${own}` : own;
  }

  /** With the cursor as a value of the run, one statement serves every page; the MAC is checked at each run. */
  private placed(): string {
    const { after } = this.page;
    if (after === null) return this.matching.join(' and ');
    const { path, cursorFrom } = this.source;
    const keysOf = (run: StatementRun): readonly (string | null)[] => {
      return this.cursors.open(
        cursorFrom === null ? after : String(run.values[cursorFrom]),
        run.account,
        path,
        this.page,
      );
    };
    const slots = this.cursors.shape(after, this.order.length).map((isNull, index): Slot | null => {
      return isNull ? null : (run) => keysOf(run)[index];
    });
    return [...this.matching, this.order.after(this.sql, slots)].join(' and ');
  }
}

function needsRows(part: PagePart): boolean {
  if (part.part === 'pageInfo') return part.entries.some(needsNumbers);
  return part.part !== 'totalCount' && part.part !== 'typename';
}

function needsNumbers({ name }: InfoEntry): boolean {
  return name === 'hasNextPage' || name === 'endCursor' || name === 'startCursor';
}

function nameSql(name: string): string {
  return `${literal(name)}::text`;
}
