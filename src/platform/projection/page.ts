import type { Type } from '@nestjs/common';
import { cursorSql } from '../../kit/cursor.js';
import { tableOf } from '../contract/tables.js';
import type { CursorPlace, Cursors } from './cursors.js';
import { objectSql } from './expressions.js';
import { filterSql } from './filter.js';
import { Order } from './order.js';
import { RELEVANCE, exactSql, fewSql, relevanceSql, searchSql } from './search.js';
import { literal } from './sql-text.js';
import type { StatementRun, Slot, SqlText } from './sql-text.js';
import type { EdgeEntry, InfoEntry, ObjectView, PagePart, PageView } from './view.js';

/** The source of a list's rows, before the caller's conditions. */
export interface RowSource {
  readonly type: Type;
  /** The row's alias. */
  readonly alias: string;
  /** Another table to start from, such as `links l`. */
  readonly from: string | null;
  /** Conditions that connect the rows to the row that contains them. */
  readonly conditions: readonly string[];
  /** Properties whose value is also in the other table, which has an index. */
  readonly mirrors: Readonly<Record<string, string>>;
  /** The list's name, which its cursors cover: `Thing` or `Thing.parts`. */
  readonly path: string;
  /** The names of the run's values with the cursors; null for a cursor that belongs to the statement. */
  readonly cursors: Readonly<Record<CursorPlace, string | null>>;
}

export type WriteObject = (type: Type, alias: string, view: ObjectView) => string;

/**
 * Writes one page of rows as one JSON value. Its parts are computed only when the view asks for them: rows are
 * numbered, and one more than asked is read, only for a view that shows where the page ends.
 */
export class PageWriter {
  private readonly order: Order;
  /** The conditions of the list, without the search. */
  private readonly listed: readonly string[];
  private readonly matching: readonly string[];
  private readonly ranked: boolean;
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
    const asked = page.filter ? [filterSql(sql, type, alias, page.filter)] : [];
    this.listed = [`${alias}.account_id = ${sql.account()}`, ...conditions, ...alive, ...this.saved(), ...asked];
    this.matching = [...this.listed, ...(page.q ? [searchSql(sql, type, alias, page.q)] : [])];
    this.ranked = page.sort.some(({ field }) => field === RELEVANCE);
    this.numbered = page.parts.some((part) => part.part === 'pageInfo' && part.entries.some(needsNumbers));
  }

  private saved(): string[] {
    const { sql, page } = this;
    const { type, alias } = this.source;
    if (!page.saved) return [];
    const { filter, q } = page.saved;
    return [filterSql(sql, type, alias, filter), ...(q === null ? [] : [searchSql(sql, type, alias, q)])];
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
    return `exists (${this.ranked ? this.rankedRows(1) : `select from ${this.from()} where ${this.placed()} order by ${this.order.orderBy()}`})`;
  }

  private rows(): string {
    const { alias } = this.source;
    const { first, backward } = this.page;
    const limit = first + (this.numbered ? 1 : 0);
    const read = backward ? this.order.reversed() : this.order;
    const found = this.ranked
      ? this.rankedRows(limit)
      : `select ${alias}.* from ${this.from()} where ${this.placed()} order by ${read.orderBy()} limit ${limit}`;
    if (!this.numbered && !backward) return found;
    const numbered = `select ${alias}.*, row_number() over () as page_n, count(*) over () as page_total from (${found}) ${alias}`;
    // What was read from the end is shown in the order of the list.
    return backward ? `${numbered} order by page_n desc` : numbered;
  }

  /** A few matches by their rank, or many by id alone: then an index gives the first without reading the rest. */
  private rankedRows(limit: number): string {
    const { sql, page } = this;
    const { type, alias } = this.source;
    const [q, matching] = [page.q ?? '', this.matching.join(' and ')];
    const idDirection = page.sort.at(-1)?.direction ?? 'desc';
    // Outside of the ranks only the row itself is there, not the table that it was found through.
    const order = Order.of(sql, type, alias, page.sort, {});
    const byId = Order.of(sql, type, alias, [{ field: 'id', direction: idDirection }], this.source.mirrors);
    const end = (by: Order): string => `order by ${(page.backward ? by.reversed() : by).orderBy()} limit ${limit}`;
    const rank = relevanceSql(sql, type, alias, q);
    const ranks = `select ${alias}.*, ${rank} as page_rank from ${this.from()} where few.are and ${matching}`;
    const beyond = this.beyond(order);
    const many = [...this.listed, exactSql(sql, type, alias, q), ...this.beyond(byId)].join(' and ');
    return `select ${alias}.* from (${fewSql(sql, type, q)}) few(are) cross join lateral (
      (select ${alias}.* from (${ranks}) ${alias} where ${['true', ...beyond].join(' and ')} ${end(order)})
      union all
      (select ${alias}.*, 0 from ${this.from()} where not few.are and ${many} ${end(byId)})) ${alias} ${end(order)}`;
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
    const { backward = false, after, before = null } = this.page;
    switch (name) {
      case 'hasNextPage':
        return backward ? String(before !== null) : before === null ? this.overflows() : 'true';
      case 'hasPreviousPage':
        return backward && after === null ? this.overflows() : String(after !== null);
      case 'endCursor':
        return backward ? this.nearest() : this.farthest();
      case 'startCursor':
        return backward ? this.farthest() : this.nearest();
      case 'totalCount':
        return this.count();
      case '__typename':
        return nameSql('PageInfo');
    }
  }

  /** Whether there are more rows in the direction of reading. */
  private overflows(): string {
    return `coalesce(max(${this.source.alias}.page_total) > ${this.page.first}, false)`;
  }

  /** The cursor of the first row that was read. */
  private nearest(): string {
    return `max(${this.cursor()}) filter (where ${this.source.alias}.page_n = 1)`;
  }

  /** The cursor of the last row of the page in the direction of reading. */
  private farthest(): string {
    const { alias } = this.source;
    return `max(${this.cursor()}) filter (where ${alias}.page_n = least(${alias}.page_total, ${this.page.first}))`;
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
    return [...this.matching, ...this.beyond(this.order)].join(' and ');
  }

  /** The conditions for rows after and before the cursors; an order by fewer keys takes the last ones of a cursor. */
  private beyond(order: Order): string[] {
    const { after, before = null } = this.page;
    const keys = (cursor: string, place: CursorPlace): (Slot | null)[] => this.keys(cursor, place).slice(-order.length);
    return [
      ...(after === null ? [] : [order.after(this.sql, keys(after, 'after'))]),
      ...(before === null ? [] : [order.reversed().after(this.sql, keys(before, 'before'))]),
    ];
  }

  private keys(cursor: string, place: CursorPlace): (Slot | null)[] {
    const { path, cursors } = this.source;
    const from = cursors[place];
    const keysOf = (run: StatementRun): readonly (string | null)[] =>
      this.cursors.open(from === null ? cursor : String(run.values[from]), run.account, path, this.page, place);
    return this.cursors.shape(cursor, this.order.length, place).map((isNull, index): Slot | null => {
      return isNull ? null : (run) => keysOf(run)[index];
    });
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
