import type { Type } from '@nestjs/common';
import { Field, InputType } from '@nestjs/graphql';
import { conditionsOf } from './conditions.js';
import { enumeration } from './graphql-types.js';
import { LISTS, operatorMeaning } from './operators.js';
import type { OperandForm, Operators } from './operators.js';
import { recipesOf } from './recipes.js';
import type { Recipe } from './recipes.js';
import { resourceName } from './resources.js';

/** A condition tree as both faces send it: fields with operators, joined by `and`, `or`, `not`. */
export type FilterTree = Readonly<Record<string, unknown>>;

/** The operators that a field offers: those of its kind, or of a list. */
export function operatorsOf(recipe: Recipe): Operators {
  return recipe.list ? LISTS : recipe.kind.operators;
}

/** What lists can be filtered by: properties, and the conditions that features declared. */
export function filterableFields(type: Type): ReadonlyMap<string, Recipe> {
  return new Map([...[...recipesOf(type)].filter(([, recipe]) => recipe.filter), ...conditionsOf(type)]);
}

/** Ids can be sorted, because UUIDv7 ids are in order of creation: `-id` is newest first. */
export function sortableFields(type: Type): readonly string[] {
  return [...recipesOf(type)].filter(([name, recipe]) => recipe.sort || name === 'id').map(([name]) => name);
}

/** A note about the orders that read every row of the account. */
export function sortNote(type: Type): string {
  const scans = [...recipesOf(type)].flatMap(([name, { sortScan }]) => (sortScan ? [name] : []));
  return scans.length > 0
    ? ` No index helps the order by ${scans.join(' and ')}: every row of the account is read.`
    : '';
}

/** The fields that `q` searches. */
export function searchableFields(type: Type): readonly string[] {
  return [...recipesOf(type)].filter(([, recipe]) => recipe.search).map(([name]) => name);
}

/** The fields by which people call a row, the most important first. `q` ranks by them. */
export function namingFields(type: Type): readonly string[] {
  return [...recipesOf(type)].filter(([, recipe]) => recipe.search === 'name').map(([name]) => name);
}

const filters = new Map<Type, Type>();
const operators = new Map<string, Type>();

/** The GraphQL input of a resource's filter; REST writes the same tree with brackets. */
export function filterOf(type: Type): Type {
  const known = filters.get(type);
  if (known) return known;
  const made = namedClass(`${type.name}Filter`);
  filters.set(type, made);
  InputType(made.name, { description: `Conditions on ${resourceName(type).plural}; all of them must be met.` })(made);
  for (const [name, recipe] of filterableFields(type)) {
    const operators = operatorInput(recipe);
    optionalField(made, name, () => operators, filterMeaning(name, recipe));
  }
  optionalField(made, 'and', () => [made], 'All of these conditions are met.');
  optionalField(made, 'or', () => [made], 'At least one of these conditions is met.');
  optionalField(made, 'not', () => made, 'This condition is not met.');
  return made;
}

const sorts = new Map<Type, Type>();

/** The GraphQL input of one sort key. */
export function sortOf(type: Type): Type {
  const known = sorts.get(type);
  if (known) return known;
  const fields = enumeration(`${type.name}SortField`, sortableFields(type), 'The fields this list can be sorted by.');
  const direction = enumeration('SortDirection', ['asc', 'desc'], '`asc`: smallest first; `desc`: largest first.');
  const made = namedClass(`${type.name}Sort`);
  sorts.set(type, made);
  InputType(made.name, { description: `One sort key of ${resourceName(type).plural}.` })(made);
  Field(() => fields, { description: `The field to sort by.${sortNote(type)}` })(made.prototype as object, 'field');
  Field(() => direction, { description: 'The direction.', defaultValue: 'asc' })(made.prototype as object, 'direction');
  return made;
}

function operatorInput(recipe: Recipe): Type {
  const base = recipe.kind.conditionName(recipe);
  const name = `${base}${recipe.list ? 'List' : ''}Condition`;
  const known = operators.get(name);
  if (known) return known;
  const made = namedClass(name);
  operators.set(name, made);
  InputType(name, { description: 'Operators; all that are given must match.' })(made);
  for (const [operator, form] of Object.entries(operatorsOf(recipe))) {
    optionalField(made, operator, () => operandType(recipe, form), operatorMeaning(operator));
  }
  return made;
}

function operandType(recipe: Recipe, form: OperandForm): unknown {
  const element = recipe.kind.graphqlType(recipe);
  switch (form) {
    case 'flag':
      return Boolean;
    case 'many':
    case 'pair':
      return [element];
    case 'one':
    case 'text':
      return element;
  }
}

function filterMeaning(name: string, recipe: Recipe): string {
  return recipe.condition ? recipe.description : `Conditions on \`${name}\`.${scanNote(recipe)}`;
}

/** A note for filters that read every row of the account. */
export function scanNote({ scan }: Recipe): string {
  return scan ? ' No index helps it: every row of the account is read.' : '';
}

/** An empty class that exists only to be decorated. */
export function namedClass(name: string): Type {
  const made = class {};
  Object.defineProperty(made, 'name', { value: name });
  return made;
}

function optionalField(type: Type, name: string, of: () => unknown, description: string): void {
  Field(() => of() as Type, { nullable: true, description })(type.prototype as object, name);
}
