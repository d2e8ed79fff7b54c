import type { Type } from '@nestjs/common';
import { breathe } from '../../kit/breather.js';
import type { AccountCalendar } from '../actor/actor.js';
import { recipesOf } from '../contract/recipes.js';
import type { KeptKey, KeptKeys } from '../contract/recipes.js';
import type { RowChange, Values } from './changes.js';

/** The change with the keys of the texts that it writes, so that nothing can write one without the other. With breaths: a change may write many rows. */
export async function withKeys<C extends RowChange>(change: C, settings: AccountCalendar): Promise<C> {
  const keys = keysOf(change.type);
  if (keys.length === 0 || change.verb === 'remove' || change.verb === 'restore') return change;
  if (change.verb === 'update') return { ...change, values: keyed(change.values, keys, settings) };
  const rows: Values[] = [];
  for (const row of change.rows) {
    rows.push(keyed(row, keys, settings));
    await breathe();
  }
  return { ...change, rows };
}

/** The keys of these values alone, as they would be written by these settings. */
export function keptBeside(type: Type, values: Values, settings: AccountCalendar): Values {
  return Object.fromEntries(keysOf(type).flatMap(([property, key]) => keptOf(values[property], key, settings)));
}

type Keys = readonly (readonly [property: string, key: KeptKey | KeptKeys])[];

const known = new WeakMap<Type, Keys>();

function keysOf(type: Type): Keys {
  const keys =
    known.get(type) ??
    [...recipesOf(type)].flatMap(([name, { key, keys }]) =>
      [key, keys].flatMap((kept) => (kept ? [[name, kept] as const] : [])),
    );
  known.set(type, keys);
  return keys;
}

function keyed(values: Values, keys: Keys, settings: AccountCalendar): Values {
  const written = keys.flatMap(([property, key]) => keptOf(values[property], key, settings));
  return { ...values, ...Object.fromEntries(written) };
}

function keptOf(written: unknown, key: KeptKey | KeptKeys, settings: AccountCalendar): [string, unknown][] {
  if (written === undefined) return [];
  if ('property' in key) return [[key.property, typeof written === 'string' ? key.of(written) : null]];
  const found = (written as readonly string[]).map((text) => key.of(text, settings));
  return key.properties.map((property, at) => [property, [...new Set(found.flatMap((each) => each[at] ?? []))]]);
}
