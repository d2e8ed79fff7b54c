import type { Type } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { nounSql, referencesTo } from '../contract/references.js';
import type { Reference } from '../contract/references.js';
import { storedTypes, tableOf } from '../contract/tables.js';
import { Projection } from '../projection/projection.js';
import { literal } from '../projection/sql-text.js';
import type { SqlText } from '../projection/sql-text.js';
import { previousSql, recordSql } from './record-sql.js';
import { SystemStatement } from './system-statement.js';
import type { Tx } from './tx.js';

/** From which row to which other one, and the move under which it is remembered. */
export interface Move {
  readonly from: string;
  readonly to: string;
  readonly id: string;
}

type Values = Readonly<Record<keyof Move, string>>;
type Compiled = SystemStatement<Values>;

/**
 * Moves all rows that point at one row of a resource to another one, and back: one statement for each declared reference, however
 * many rows there are. It remembers which rows it moved, so that what came to point there otherwise stays.
 */
@Injectable()
export class MovedRows {
  private readonly compiled = new Map<string, readonly Compiled[]>();

  constructor(
    private readonly projection: Projection,
    private readonly clock: Clock,
  ) {}

  async move(tx: Tx, type: Type, move: Move): Promise<void> {
    await this.run(tx, type, move, 'there', (sql, reference) => this.there(sql, type, reference));
  }

  /** Brings back what still points where it was moved. */
  async moveBack(tx: Tx, type: Type, move: Move): Promise<void> {
    await this.run(tx, type, move, 'back', (sql, reference) => this.back(sql, type, reference));
  }

  /** How many rows point at a row, counted up to a bound in each table; and why the two rows cannot become one, in sentences. */
  async weigh(tx: Tx, type: Type, { from, to, most }: Omit<Move, 'id'> & { readonly most: number }) {
    const moved = movedTo(type);
    const count = (one: Reference): string =>
      `(select count(*) from (select from ${one.table} t where ${here(one, type, '$1::uuid', '$2::uuid')} limit $4::int) x)`;
    const counts = moved.filter(({ moves }) => !isListed(moves)).map(count);
    const alone = moved.flatMap(({ table, column, moves }) => {
      const has = (id: string): string =>
        `exists (select from ${table} t where t.account_id = $1 and t.${column} = ${id})`;
      return isAlone(moves) ? [`(${literal(moves.alone)}, ${has('$2')} and ${has('$3')})`] : [];
    });
    const [row] = await tx.run<{ count: number; refusals: string[] }>({
      text: `select (${counts.join(' + ')})::int as count,
        array(select said from (values ${alone.join(', ') || "('', false)"}) a(said, holds) where holds and $3::uuid is not null) as refusals`,
      values: [tx.actor.accountId, from, to, most + 1],
    });
    return row ?? { count: 0, refusals: [] };
  }

  private async run(
    tx: Tx,
    type: Type,
    { from, to, id }: Move,
    way: string,
    write: (sql: SqlText, reference: Reference) => readonly string[],
  ): Promise<void> {
    const key = `${type.name} ${way}`;
    const known =
      this.compiled.get(key) ??
      movedTo(type).map((one) => {
        const answer = 'select count(*)::int as moved from after';
        return new SystemStatement<Values>((sql) => ({ parts: write(sql, one), answer }));
      });
    this.compiled.set(key, known);
    for (const statement of known) await tx.run(statement.bind({ from, to, id }, this.clock, tx.actor.accountId));
  }

  private there(sql: SqlText, type: Type, reference: Reference): string[] {
    const { table, column, moves, name } = reference;
    const { account, from, to, id } = bound(sql);
    if (isListed(moves)) return listedThere(sql, reference);
    const itself = table === tableOf(type).name ? ` and t.id <> ${to}` : '';
    const mine = `${here(reference, type, account, from)}${itself}`;
    const free = twinSql(reference, account, to);
    const changed = `after as (update ${table} t set ${[`${column} = ${to}`, ...grown(sql, table)].join(', ')}
      where ${mine}${free ? ` and not ${free}` : ''} returning t.*)`;
    const isOnce = typeof moves === 'object' && 'once' in moves;
    const gone = isOnce ? [`gone as (delete from ${table} t where ${mine} and ${free} returning t.*)`] : [];
    const own = isOnce ? objectOf(moves.once, 't') : 'null::jsonb';
    const rows = (of: string, isGone: boolean): string =>
      `select ${account}, ${id}, ${literal(name)}, ${keyOf(reference)}, ${isGone}, ${isGone ? own : 'null::jsonb'} from ${of} t`;
    const kept = `kept as (insert into moved_rows (account_id, move_id, reference, key, gone, own)
      ${[rows('after', false), ...(isOnce ? [rows('gone', true)] : [])].join(' union all ')})`;
    const shown = isOnce ? '(select * from after union all select * from gone)' : 'after';
    return [
      ...before(reference, mine),
      changed,
      ...gone,
      kept,
      ...grownElsewhere(sql, reference, shown),
      ...this.events(sql, reference),
    ];
  }

  private back(sql: SqlText, type: Type, reference: Reference): string[] {
    const { table, column, moves, name } = reference;
    const { account, from, to, id } = bound(sql);
    if (isListed(moves)) return listedBack(sql, reference);
    const moved = `moved as materialized (select m.key, m.gone, m.own from moved_rows m
      where m.account_id = ${account} and m.move_id = ${id} and m.reference = ${literal(name)})`;
    const free = twinSql(reference, account, from);
    const mine = `${here(reference, type, account, to)} and ${keyOf(reference)} in (select key from moved where not gone)${free ? ` and not ${free}` : ''}`;
    const changed = `after as (update ${table} t set ${[`${column} = ${from}`, ...grown(sql, table)].join(', ')} where ${mine} returning t.*)`;
    const again = `again as (insert into ${table}
      select (jsonb_populate_record(t, m.own || jsonb_build_object(${literal(column)}, ${from}))).*
      from moved m join ${table} t on ${here(reference, type, account, to)} and ${keyOf(reference)} = m.key
      where m.gone and not ${free ?? 'false'} returning *)`;
    const isOnce = typeof moves === 'object' && 'once' in moves;
    const shown = isOnce ? '(select * from after union all select * from again)' : 'after';
    return [
      ...[moved, ...before(reference, mine), changed, ...(isOnce ? [again] : [])],
      ...[...grownElsewhere(sql, reference, shown), ...this.events(sql, reference)],
    ];
  }

  private events(sql: SqlText, { told }: Reference): string[] {
    if (!told) return [];
    const previous = previousSql(sql, this.projection, told.type);
    return recordSql(sql, this.projection, told.type, told.event, 'after', previous);
  }
}

function movedTo(type: Type): Reference[] {
  return referencesTo(type).filter(({ moves }) => !(typeof moves === 'object' && 'stays' in moves));
}

function isListed(moves: Reference['moves']): moves is Extract<Reference['moves'], { listed: string }> {
  return typeof moves === 'object' && 'listed' in moves;
}

function isAlone(moves: Reference['moves']): moves is Extract<Reference['moves'], { alone: string }> {
  return typeof moves === 'object' && 'alone' in moves;
}

function bound(sql: SqlText) {
  const [from, to, id] = ['from', 'to', 'id'].map((name) => sql.value(name, 'uuid'));
  return { account: sql.account(), from: from ?? '', to: to ?? '', id: id ?? '' };
}

/** The rows `t` that point at a row. */
function here(reference: Reference, type: Type, account: string, id: string): string {
  const { column, where } = reference;
  return [
    `t.account_id = ${account}`,
    `t.${column} = ${id}`,
    ...nounSql(reference, type),
    ...(where ? [where] : []),
  ].join(' and ');
}

/** Whether another row says of the row with this id what `t` says of its own; null where there can be many. */
function twinSql({ table, column, key, moves }: Reference, account: string, id: string): string | null {
  if (typeof moves !== 'object') return null;
  const same = 'unless' in moves ? moves.unless : 'once' in moves ? key : null;
  if (!same) return null;
  const equal = same.map((name) => ` and o.${name} = t.${name}`).join('');
  return `exists (select from ${table} o where o.account_id = ${account} and o.${column} = ${id}${equal})`;
}

function keyOf({ key }: Reference): string {
  return objectOf(key, 't');
}

function objectOf(columns: readonly string[], alias: string): string {
  return `jsonb_build_object(${columns.map((name) => `${literal(name)}, ${alias}.${name}`).join(', ')})`;
}

/** The rows as they were, for what is told of them. */
function before({ table, told }: Reference, mine: string): string[] {
  return told ? [`before as materialized (select t.* from ${table} t where ${mine})`] : [];
}

/** What shows something new has another version. A table that only links has none. */
function grown(sql: SqlText, table: string): string[] {
  const type = storedTypes().find((one) => tableOf(one).name === table);
  return type && tableOf(type).columns.has('version') ? [`version = t.version + 1`, `updated_at = ${sql.now()}`] : [];
}

function grownElsewhere(sql: SqlText, { shownBy }: Reference, rows: string): string[] {
  if (!shownBy) return [];
  const { table, id } = shownBy;
  return [
    `grown as (update ${table} t set ${grown(sql, table).join(', ')} from ${rows} l where t.account_id = ${sql.account()} and t.id = l.${id})`,
  ];
}

const pointer = (property: string, id: string): string => `jsonb_build_object(${literal(property)}, ${id}::text)`;

/** The list of the row `t` with one id in place of another. */
function replacedSql(column: string, property: string, from: string, to: string): string {
  return `(select coalesce(jsonb_agg(case when p ->> ${literal(property)} = ${from}::text then p || ${pointer(property, to)} else p end order by n), '[]')
    from jsonb_array_elements(t.${column}) with ordinality l(p, n))`;
}

/** Whoever is named twice afterwards is named once. */
function listedThere(sql: SqlText, { table, column, moves, name }: Reference): string[] {
  if (!isListed(moves)) return [];
  const { account, from, to, id } = bound(sql);
  const { listed, found } = moves;
  const names = (who: string): string => `t.${column} @> jsonb_build_array(${pointer(listed, who)})`;
  const without = `(select coalesce(jsonb_agg(p order by n), '[]') from jsonb_array_elements(t.${column}) with ordinality l(p, n)
    where p ->> ${literal(listed)} <> ${from}::text)`;
  return [
    `before as materialized (select t.id, ${names(to)} as twice,
        (select jsonb_build_object('at', n, 'entry', p) from jsonb_array_elements(t.${column}) with ordinality l(p, n)
          where p ->> ${literal(listed)} = ${from}::text limit 1) as own
      from ${table} t where t.account_id = ${account} and ${names(from)}
        and t.id in (select f.${found.row} from ${found.table} f where f.account_id = ${account} and f.${found.at} = ${from}))`,
    `after as (update ${table} t set ${column} = case when b.twice then ${without} else ${replacedSql(column, listed, from, to)} end,
      ${grown(sql, table).join(', ')} from before b where t.account_id = ${account} and t.id = b.id returning t.id)`,
    `kept as (insert into moved_rows (account_id, move_id, reference, key, gone, own)
      select ${account}, ${id}, ${literal(name)}, jsonb_build_object('id', b.id), b.twice, b.own from before b)`,
  ];
}

function listedBack(sql: SqlText, { table, column, moves, name }: Reference): string[] {
  if (!isListed(moves)) return [];
  const { account, from, to, id } = bound(sql);
  const { listed } = moves;
  const names = (who: string): string => `t.${column} @> jsonb_build_array(${pointer(listed, who)})`;
  const again = `(select jsonb_agg(p order by n) from (
    select p, n::numeric from jsonb_array_elements(t.${column}) with ordinality l(p, n)
    union all select m.own -> 'entry', (m.own ->> 'at')::numeric - 0.5) x(p, n))`;
  return [
    `after as (update ${table} t set ${column} = case when m.gone then ${again}
        else ${replacedSql(column, listed, to, from)} end, ${grown(sql, table).join(', ')}
      from moved_rows m where m.account_id = ${account} and m.move_id = ${id} and m.reference = ${literal(name)}
        and t.account_id = ${account} and t.id = (m.key ->> 'id')::uuid and ${names(to)} and not ${names(from)} returning t.id)`,
  ];
}
