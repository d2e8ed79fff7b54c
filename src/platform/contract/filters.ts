import type { Type } from '@nestjs/common';
import { Field, InputType } from '@nestjs/graphql';
import { enumeration, graphqlTypeOf } from './graphql-types.js';
import { recipesOf } from './recipes.js';
import type { Recipe } from './recipes.js';
import { resourceName } from './resources.js';

/** A condition tree as both faces send it: fields with operators, joined by `and`, `or`, `not`. */
export type FilterTree = Readonly<Record<string, unknown>>;

/** How one operator compares; `many` takes a list, `flag` takes a boolean, `one` a value of the field's own kind. */
type Operand = 'one' | 'many' | 'flag' | 'pair' | 'text';

const EQUALITY = { eq: 'one', ne: 'one', in: 'many', isNull: 'flag' } as const;
const ORDER = {
  eq: 'one',
  ne: 'one',
  lt: 'one',
  lte: 'one',
  gt: 'one',
  gte: 'one',
  between: 'pair',
  isNull: 'flag',
} as const;
const LISTS = { has: 'one', hasAny: 'many', hasAll: 'many' } as const;
const TEXT = { ...EQUALITY, contains: 'text', startsWith: 'text' } as const;

/** The operators a field offers, by its kind: the filter language in one place. */
export function operatorsOf(recipe: Recipe): Readonly<Record<string, Operand>> {
  if (recipe.list) return LISTS;
  switch (recipe.kind) {
    case 'text':
      return TEXT;
    case 'integer':
    case 'number':
    case 'instant':
    case 'date':
      return ORDER;
    case 'flag':
      return { eq: 'one' };
    default:
      return EQUALITY;
  }
}

export function filterableFields(type: Type): ReadonlyMap<string, Recipe> {
  return new Map([...recipesOf(type)].filter(([, recipe]) => recipe.filter));
}

/** Ids sort too, since UUIDv7 ids follow creation: `-id` is newest first. */
export function sortableFields(type: Type): readonly string[] {
  return [...recipesOf(type)].filter(([name, recipe]) => recipe.sort || name === 'id').map(([name]) => name);
}

/** The fields that `q` looks into. */
export function searchableFields(type: Type): readonly string[] {
  return [...recipesOf(type)].filter(([, recipe]) => recipe.search).map(([name]) => name);
}

const filters = new Map<Type, Type>();
const operators = new Map<string, Type>();

/** The GraphQL input of a resource's filter; REST spells the same tree in brackets. */
export function filterOf(type: Type): Type {
  const known = filters.get(type);
  if (known) return known;
  const made = namedClass(`${type.name}Filter`);
  filters.set(type, made);
  InputType(made.name, { description: `Conditions on ${resourceName(type).plural}; all of them must hold.` })(made);
  for (const [name, recipe] of filterableFields(type)) {
    const operators = operatorInput(recipe);
    optionalField(made, name, () => operators, `Conditions on \`${name}\`.${scanNote(recipe)}`);
  }
  optionalField(made, 'and', () => [made], 'All of these hold.');
  optionalField(made, 'or', () => [made], 'At least one of these holds.');
  optionalField(made, 'not', () => made, 'This does not hold.');
  return made;
}

const sorts = new Map<Type, Type>();

/** The GraphQL input of one sort key. */
export function sortOf(type: Type): Type {
  const known = sorts.get(type);
  if (known) return known;
  const fields = enumeration(`${type.name}SortField`, sortableFields(type), 'The fields this list can be sorted by.');
  const direction = enumeration('SortDirection', ['asc', 'desc'], 'Smallest first, or largest first.');
  const made = namedClass(`${type.name}Sort`);
  sorts.set(type, made);
  InputType(made.name, { description: `One sort key of ${resourceName(type).plural}.` })(made);
  Field(() => fields, { description: 'The field to sort by.' })(made.prototype as object, 'field');
  Field(() => direction, { description: 'The direction.', defaultValue: 'asc' })(made.prototype as object, 'direction');
  return made;
}

function operatorInput(recipe: Recipe): Type {
  const name = `${operatorName(recipe)}Condition`;
  const known = operators.get(name);
  if (known) return known;
  const made = namedClass(name);
  operators.set(name, made);
  InputType(name, { description: 'Operators; all that are given must hold.' })(made);
  for (const [operator, operand] of Object.entries(operatorsOf(recipe))) {
    optionalField(made, operator, () => operandType(recipe, operand), operatorMeaning(operator));
  }
  return made;
}

function operatorName(recipe: Recipe): string {
  const base = recipe.choice?.name ?? recipe.kind.charAt(0).toUpperCase() + recipe.kind.slice(1);
  return recipe.list ? `${base}List` : base;
}

function operandType(recipe: Recipe, operand: Operand): unknown {
  const element = graphqlTypeOf({ ...recipe, list: null });
  switch (operand) {
    case 'flag':
      return Boolean;
    case 'many':
    case 'pair':
      return [element];
    default:
      return element;
  }
}

const OPERATOR_MEANINGS: Readonly<Record<string, string>> = {
  eq: 'Equal.',
  ne: 'Not equal; null counts as different.',
  in: 'One of these, at most 100.',
  isNull: 'Is there no value?',
  contains: 'Contains this text, whatever its case.',
  startsWith: 'Starts with this text, whatever its case.',
  lt: 'Less than, or earlier than.',
  lte: 'At most, or not later than.',
  gt: 'Greater than, or later than.',
  gte: 'At least, or not earlier than.',
  between: 'Two values: from the first to the second, both included.',
  has: 'The list has this value.',
  hasAny: 'The list has at least one of these values.',
  hasAll: 'The list has all of these values.',
};

/** Says it where a filter reads every row of the account. */
export function scanNote({ scan }: Recipe): string {
  return scan ? ' No index helps it: every row of the account is read.' : '';
}

/** What an operator asks for, in words. */
export function operatorMeaning(operator: string): string {
  return OPERATOR_MEANINGS[operator] ?? operator;
}

/** A class whose only content is what decorators say of it. */
export function namedClass(name: string): Type {
  const made = class {};
  Object.defineProperty(made, 'name', { value: name });
  return made;
}

function optionalField(type: Type, name: string, of: () => unknown, description: string): void {
  Field(() => of() as Type, { nullable: true, description })(type.prototype as object, name);
}
