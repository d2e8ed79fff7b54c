import type { Type } from '@nestjs/common';
import { recipesOf } from '../contract/recipes.js';
import type { KeptKey } from '../contract/recipes.js';
import type { RowChange, Values } from './changes.js';

/** The change with the keys of the texts that it writes, so that nothing can write one without the other. */
export function withKeys<C extends RowChange>(change: C): C {
  const keys = keysOf(change.type);
  if (keys.length === 0 || change.verb === 'remove' || change.verb === 'restore') return change;
  if (change.verb === 'insert') return { ...change, rows: change.rows.map((row) => keyed(row, keys)) };
  return { ...change, values: keyed(change.values, keys) };
}

type Keys = readonly (readonly [property: string, key: KeptKey])[];

const known = new WeakMap<Type, Keys>();

function keysOf(type: Type): Keys {
  const keys =
    known.get(type) ?? [...recipesOf(type)].flatMap(([name, { key }]) => (key ? [[name, key] as const] : []));
  known.set(type, keys);
  return keys;
}

function keyed(values: Values, keys: Keys): Values {
  const written = keys.flatMap(([property, { property: kept, of }]) => {
    const text = values[property];
    if (text === undefined) return [];
    return [[kept, typeof text === 'string' ? of(text) : null] as const];
  });
  return { ...values, ...Object.fromEntries(written) };
}
