import type { Type } from '@nestjs/common';

export type Kind =
  'id' | 'text' | 'integer' | 'number' | 'flag' | 'choice' | 'instant' | 'date' | 'period' | 'json' | 'object';

/** What one property means on the wire. Field decorators record it, shape decorators play it, the projection reads it. */
export interface Recipe {
  readonly kind: Kind;
  readonly description: string;
  /** May the value be null, on the way out and on the way in? */
  readonly nullable: boolean;
  /** May a caller leave it out? Nullable and defaulted fields may; in a partial shape every field may. */
  readonly optional: boolean;
  /** A list of such values, and how many at most. */
  readonly list: { readonly max: number } | null;
  readonly filter: boolean;
  /** Is each value of the list in few rows? Then a filter finds these first, whatever the order of the list. */
  readonly rare?: boolean;
  /** Does no index help its filter? Then both contracts say that every row of the account is read. */
  readonly scan?: boolean;
  readonly sort: boolean;
  /** Does `q` look into it? */
  readonly search?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: { readonly regexp: RegExp; readonly hint: string };
  /** A rule the kinds do not know; returns what is wrong, or null. */
  readonly check?: (value: string) => string | null;
  readonly choice?: { readonly name: string; readonly values: readonly string[]; readonly description: string };
  readonly shape?: () => Type;
  readonly example?: unknown;
  /** The SQL that computes a value no column holds. */
  readonly computed?: Computed;
}

/** Writes an SQL expression over the row `alias`; `now` and `account` bind what they name and return its placeholder. */
export type Computed = (row: {
  readonly alias: string;
  readonly now: () => string;
  readonly account: () => string;
}) => string;

export type Recipes = ReadonlyMap<string, Recipe>;

const recorded = new WeakMap<object, Map<string, Recipe>>();
/** What was collected so far; emptied whenever a class records more. */
let collected = new WeakMap<object, Recipes>();

/** Writes down a property's recipe; nothing happens until a shape decorator plays it. */
export function record(prototype: object, name: string, recipe: Recipe): void {
  const own = recorded.get(prototype) ?? new Map<string, Recipe>();
  own.set(name, recipe);
  recorded.set(prototype, own);
  collected = new WeakMap();
}

/** All recipes of a class, inherited ones first. */
export function recipesOf(type: Type): Recipes {
  const prototype = type.prototype as object;
  const known = collected.get(prototype);
  if (known) return known;
  const recipes = collect(prototype);
  collected.set(prototype, recipes);
  return recipes;
}

export function recipeOf(type: Type, name: string): Recipe {
  const recipe = recipesOf(type).get(name);
  if (!recipe) throw new Error(`${type.name}.${name} has no field decorator.`);
  return recipe;
}

function collect(prototype: object | null): Map<string, Recipe> {
  if (prototype === null || prototype === Object.prototype) return new Map();
  const inherited = collect(Object.getPrototypeOf(prototype) as object | null);
  for (const [name, recipe] of recorded.get(prototype) ?? []) inherited.set(name, recipe);
  return inherited;
}

/** A new class that carries the named recipes of another: plain data is copied, so there is nothing of anyone's to reconcile. */
export function pick<T, K extends keyof T & string>(source: Type<T>, names: readonly K[]): Type<Pick<T, K>> {
  abstract class Picked {}
  for (const name of names) record(Picked.prototype, name, recipeOf(source, name));
  return Picked as unknown as Type<Pick<T, K>>;
}

/** Every recipe of another class, none of them required; null stays allowed only where null was welcome. */
export function partial<T>(source: Type<T>): Type<Partial<T>> {
  abstract class Partly {}
  for (const [name, recipe] of recipesOf(source)) record(Partly.prototype, name, { ...recipe, optional: true });
  return Partly as unknown as Type<Partial<T>>;
}
