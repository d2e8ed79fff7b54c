import type { Type } from '@nestjs/common';
import type { GraphQLScalarType } from 'graphql';
import type { AccountCalendar } from '../actor/actor.js';
import type { Operators } from './operators.js';

/** The meaning of one property in the API. Field decorators record it, shape decorators apply it to both contracts, and the projection reads it. */
export interface Recipe {
  readonly kind: FieldKind;
  readonly description: string;
  /** Whether the value may be null, in answers and in inputs. */
  readonly nullable: boolean;
  /** Whether a caller may omit it: nullable and defaulted fields, and every field of a partial shape. */
  readonly optional: boolean;
  /** A list of such values, and how many at most. */
  readonly list: { readonly max: number } | null;
  readonly filter: boolean;
  /** Whether each value of the list occurs in few rows. Then a filter finds these rows first and sorts them afterwards. */
  readonly rare?: boolean;
  /** Whether its filter has no index. Then both contracts say that every row of the account is read. */
  readonly scan?: boolean;
  readonly sort: boolean;
  /** Whether its order has no index. Then both contracts say that every row of the account is read. */
  readonly sortScan?: boolean;
  /** Whether `q` searches it; `name` if it is what people call the row, so that `q` ranks by it and finds it when it is misspelt. */
  readonly search?: boolean | 'name';
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: { readonly regexp: RegExp; readonly hint: string };
  /** A further rule; returns what is wrong, or null. */
  readonly check?: (value: string) => string | null;
  readonly choice?: { readonly name: string; readonly values: readonly string[]; readonly description: string };
  /** Whether filters compare it without case, such as e-mail addresses. */
  readonly caseless?: boolean;
  readonly shape?: () => Type;
  /** Whether a change is merged into the stored JSON object (RFC 7396) instead of replacing it. */
  readonly merges?: boolean;
  /** The property with the noun of the resource that the value is a copy of. Only those see it who may read that resource. */
  readonly copyOf?: string;
  readonly example?: unknown;
  /** Whether it is shown only to whoever names it, because it costs something. Events, and answers that do not ask, go without. */
  readonly asked?: boolean;
  /** The SQL that computes a value that is not stored. */
  readonly computed?: Computed;
  /** The text by which it is compared with others, kept beside it. */
  readonly key?: KeptKey;
  /** The same for a list. */
  readonly keys?: KeptKeys;
  /** Of a condition on a list that is no property. */
  readonly condition?: DeclaredCondition;
}

/** The property that keeps what a text is compared by. Whatever writes the text writes its key. */
export interface KeptKey {
  readonly property: string;
  readonly of: (text: string) => string;
}

/**
 * The properties that keep what the texts of a list are compared by, each value once and in the order of the texts. Whatever writes the list writes them. They
 * may depend on settings of the account: whatever changes those derives them again.
 */
export interface KeptKeys {
  readonly properties: readonly string[];
  /** What a text adds to each of the properties, in their order; null for nothing. */
  readonly of: (text: string, settings: AccountCalendar) => readonly (string | null)[];
  /** Whether words to search for may be such a text: then `q` finds its keys too. Each property then needs an index. */
  readonly isOne?: (words: string) => boolean;
}

/**
 * Everything that is specific to one kind of field. Each kind is one file of `kinds/`; the compiler reports what a new kind
 * lacks. Nullable, optional and lists are the same for all kinds and are not part of them.
 */
export interface FieldKind {
  /** The name of its filter's input, before `Condition`. */
  readonly conditionName: (recipe: Recipe) => string;
  /** The operators of a filter for one value; none if the kind cannot be compared. */
  readonly operators: Operators;
  readonly graphqlType: (recipe: Recipe) => GraphqlType;
  readonly jsonSchema: (recipe: Recipe) => JsonSchema;
  /** Conversion before the rules run; what cannot be converted is left for the rules to refuse. */
  readonly convert: (value: unknown, recipe: Recipe) => unknown;
  /** The class-validator decorators for a value, or with `each` for every value of a list. */
  readonly rules: (recipe: Recipe, each: Each) => PropertyDecorator[];
  /**
   * Checks and converts what a filter compares with. Texts are accepted for every kind, because query strings contain only texts.
   * @throws Problem that names the place.
   */
  readonly operand: (given: unknown, place: OperandPlace) => unknown;
  /** The SQL type that the text of a filter or of a cursor is cast to. */
  readonly sqlType: string;
  /** The SQL of a value as the API shows it. */
  readonly shownSql: (value: string) => string;
  /** The SQL of a value as lists sort by it; the value itself unless given. */
  readonly orderSql?: (value: string) => string;
  /** The SQL of a value as a cursor stores it: a text, without loss. */
  readonly cursorSql: (value: string) => string;
  /** Whether a list has each value once: those that are the same after conversion are one. */
  readonly distinct?: boolean;
  /** A plain value, for the examples of the contract; `nested` is the example of a shape. */
  readonly example: (recipe: Recipe, nested: (type: Type) => object) => unknown;
}

type GraphqlType = Type | GraphQLScalarType | object;

/** A JSON Schema of the 2020-12 dialect, which OpenAPI 3.1 speaks. */
export type JsonSchema = Record<string, unknown>;

/** Whether each value of a list is checked, instead of one value. */
export interface Each {
  readonly each: boolean;
}

/** The place of an operand in a filter. */
export interface OperandPlace {
  readonly recipe: Recipe;
  readonly operator: string;
  readonly pointer: string;
}

/** The row `alias` of a statement; `now`, `today` in the account's zone and `account` bind what they name and return its SQL. */
export interface RowSql {
  readonly alias: string;
  readonly now: () => string;
  readonly today: () => string;
  readonly account: () => string;
}

/** Writes an SQL expression over a row. */
export type Computed = (row: RowSql) => string;

/** Writes whether a row meets a condition; `given` are the keys of the texts that the caller gave, a `text[]`. */
export type ConditionSql = (row: RowSql, given: () => string) => string;

/** The SQL of a condition; or the relation that leads to rows with the ids that the caller gave. */
export type DeclaredCondition = ConditionSql | { readonly relation: string };

export type Recipes = ReadonlyMap<string, Recipe>;

const recorded = new WeakMap<object, Map<string, Recipe>>();
/** A cache of collected recipes; cleared whenever a class records another one. */
let collected = new WeakMap<object, Recipes>();

/** Records a property's recipe; it has no effect until a shape decorator applies it. */
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

/** The properties that are shown unasked: REST's default, and what events carry. */
export function usualFields(type: Type): string[] {
  return [...recipesOf(type)].flatMap(([name, { asked }]) => (asked ? [] : [name]));
}

/** Those that are shown only to whoever names them. */
export function askedFields(type: Type): string[] {
  return [...recipesOf(type)].flatMap(([name, { asked }]) => (asked ? [name] : []));
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

/** A new class that carries the named recipes of another: only plain data is copied. */
export function pick<T, K extends keyof T & string>(source: Type<T>, names: readonly K[]): Type<Pick<T, K>> {
  abstract class Picked {}
  for (const name of names) record(Picked.prototype, name, recipeOf(source, name));
  return Picked as unknown as Type<Pick<T, K>>;
}

/** Every recipe of another class, none of them required; null stays allowed only where it was allowed. */
export function partial<T>(source: Type<T>): Type<Partial<T>> {
  abstract class Partly {}
  for (const [name, recipe] of recipesOf(source)) record(Partly.prototype, name, { ...recipe, optional: true });
  return Partly as unknown as Type<Partial<T>>;
}
