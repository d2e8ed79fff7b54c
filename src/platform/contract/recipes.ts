import type { Type } from '@nestjs/common';
import type { GraphQLScalarType } from 'graphql';
import type { Operators } from './operators.js';

/** What one property means on the wire. Field decorators record it, shape decorators play it, the projection reads it. */
export interface Recipe {
  readonly kind: FieldKind;
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

/**
 * Everything that is peculiar to one kind of field. Each stands whole in a file of `kinds/`: whoever adds one is told by the
 * compiler what is missing. Nullable, optional and lists are alike for all kinds, and no business of theirs.
 */
export interface FieldKind {
  /** The name of its filter's input, before `Condition`. */
  readonly conditionName: (recipe: Recipe) => string;
  /** What a filter can ask of one value; nothing of a kind that cannot be compared. */
  readonly operators: Operators;
  readonly graphqlType: (recipe: Recipe) => GraphqlType;
  readonly jsonSchema: (recipe: Recipe) => JsonSchema;
  /** Before the rules: what cannot be converted is left for the rules to refuse. */
  readonly convert: (value: unknown, recipe: Recipe) => unknown;
  /** What class-validator judges a value by, or with `each` every value of a list. */
  readonly rules: (recipe: Recipe, each: Each) => PropertyDecorator[];
  /**
   * Checks and converts what a filter compares with. Texts are accepted for every kind, since addresses hold only texts.
   * @throws Problem that names the place.
   */
  readonly operand: (given: unknown, place: OperandPlace) => unknown;
  /** The SQL type that the text of a filter or of a cursor is cast to. */
  readonly sqlType: string;
  /** The SQL of a value as the wire shows it. */
  readonly shownSql: (value: string) => string;
  /** The SQL of a value as a cursor keeps it: a text, without loss. */
  readonly cursorSql: (value: string) => string;
  /** A plain value, for the examples of the contract; `nested` is the example of a shape. */
  readonly example: (recipe: Recipe, nested: (type: Type) => object) => unknown;
}

type GraphqlType = Type | GraphQLScalarType | object;

/** A JSON Schema of the 2020-12 dialect, which OpenAPI 3.1 speaks. */
export type JsonSchema = Record<string, unknown>;

/** Is each value of a list judged, instead of one? */
export interface Each {
  readonly each: boolean;
}

/** Where in a filter an operand stands. */
export interface OperandPlace {
  readonly recipe: Recipe;
  readonly operator: string;
  readonly pointer: string;
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
