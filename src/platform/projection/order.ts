import type { Type } from '@nestjs/common';
import { recipeOf } from '../contract/recipes.js';
import type { FieldKind } from '../contract/recipes.js';
import type { SortKey } from '../contract/pages.js';
import { integer } from '../contract/kinds/integer.js';
import { valueSql } from './expressions.js';
import { RELEVANCE } from './search.js';
import type { Slot, SqlText } from './sql-text.js';

interface OrderKey {
  readonly value: string;
  readonly kind: FieldKind;
  readonly nullable: boolean;
  readonly descending: boolean;
  /** Nulls come last in both directions, and so first when the order is read backwards. */
  readonly nullsFirst: boolean;
}

/** A total order of a list: the requested keys, then the id. Nulls come last in both directions. */
export class Order {
  private constructor(private readonly keys: readonly OrderKey[]) {}

  /** `mirrors` names columns of another alias that hold the same value, where an index is. */
  static of(
    sql: SqlText,
    type: Type,
    alias: string,
    sort: readonly SortKey[],
    mirrors: Readonly<Record<string, string>>,
  ): Order {
    const last = sort.at(-1)?.direction ?? 'desc';
    const total = sort.some(({ field }) => field === 'id') ? sort : [...sort, { field: 'id', direction: last }];
    return new Order(
      total.map(({ field, direction }) => {
        const descending = direction === 'desc';
        if (field === RELEVANCE)
          return { value: `${alias}.page_rank`, kind: integer, nullable: false, descending, nullsFirst: false };
        const { kind, nullable } = recipeOf(type, field);
        const stored = mirrors[field] ?? valueSql(sql, type, field, alias);
        const value = kind.orderSql?.(stored) ?? stored;
        return { value, kind, nullable, descending, nullsFirst: false };
      }),
    );
  }

  /** The same order from its end, which the same index serves. */
  reversed(): Order {
    return new Order(this.keys.map((key) => ({ ...key, descending: !key.descending, nullsFirst: !key.nullsFirst })));
  }

  orderBy(): string {
    return this.keys
      .map(({ value, nullable, descending, nullsFirst }) => {
        const nulls = nullsFirst ? ' nulls first' : ' nulls last';
        return `${value}${descending ? ' desc' : ''}${nullable ? nulls : ''}`;
      })
      .join(', ');
  }

  /** The keys of a row as a JSON array of texts. */
  payload(): string {
    return `json_build_array(${this.keys.map(({ value, kind }) => kind.cursorSql(value)).join(', ')})::text`;
  }

  get length(): number {
    return this.keys.length;
  }

  /** The condition for rows after the keys of a run, in this order. */
  after(sql: SqlText, keys: readonly (Slot | null)[]): string {
    const placed = this.keys.map((key, index) => {
      const slot = keys[index] ?? null;
      return { ...key, bound: slot && sql.computed(slot, key.kind.sqlType) };
    });
    const first = placed[0];
    const uniform = placed.every((key) => !key.nullable && key.bound && key.descending === first?.descending);
    if (uniform && first) {
      const sign = first.descending ? '<' : '>';
      return `(${placed.map(({ value }) => value).join(', ')}) ${sign} (${placed.map(({ bound }) => bound).join(', ')})`;
    }
    return `(${placed.map((key, index) => lexicographic(placed.slice(0, index), key)).join(' or ')})`;
  }
}

type PlacedKey = OrderKey & { readonly bound: string | null };

function lexicographic(equal: readonly PlacedKey[], key: PlacedKey): string {
  const same = equal.map(({ value, bound }) => (bound ? `${value} = ${bound}` : `${value} is null`));
  return `(${[...same, beyond(key)].join(' and ')})`;
}

function beyond({ value, bound, nullable, descending, nullsFirst }: PlacedKey): string {
  if (!bound) return nullsFirst ? `${value} is not null` : 'false';
  const further = `${value} ${descending ? '<' : '>'} ${bound}`;
  return nullable && !nullsFirst ? `(${further} or ${value} is null)` : further;
}
