import type { Type } from '@nestjs/common';
import { Field, Float, ID, Int, registerEnumType } from '@nestjs/graphql';
import type { GraphQLScalarType } from 'graphql';
import { recipesOf } from './recipes.js';
import type { Recipe } from './recipes.js';
import { DateScalar, DurationScalar, InstantScalar, JsonScalar } from './scalars.js';

type GraphqlType = Type | GraphQLScalarType | object;
export type Direction = 'out' | 'in';

const enumerations = new Map<string, Record<string, string>>();

/** Gives every recipe of a class its GraphQL field. */
export function playGraphql(type: Type, direction: Direction): void {
  for (const [name, recipe] of recipesOf(type)) {
    const element = graphqlTypeOf(recipe);
    const nullable = recipe.nullable || (direction === 'in' && recipe.optional);
    Field(() => (recipe.list ? [element] : element) as Type, { nullable, description: recipe.description })(
      type.prototype as object,
      name,
    );
  }
}

export function graphqlTypeOf(recipe: Recipe): GraphqlType {
  switch (recipe.kind) {
    case 'id':
      return ID;
    case 'text':
      return String;
    case 'integer':
      return Int;
    case 'number':
      return Float;
    case 'flag':
      return Boolean;
    case 'choice':
      return choiceType(recipe);
    case 'instant':
      return InstantScalar;
    case 'date':
      return DateScalar;
    case 'period':
      return DurationScalar;
    case 'json':
      return JsonScalar;
    case 'object':
      return recipe.shape?.() ?? JsonScalar;
  }
}

/** GraphQL prints an enumeration's key and REST its value, so both are the same word. */
export function enumeration(name: string, values: readonly string[], description: string): Record<string, string> {
  const known = enumerations.get(name);
  if (known) return known;
  const made = Object.fromEntries(values.map((value) => [value, value]));
  registerEnumType(made, { name, description });
  enumerations.set(name, made);
  return made;
}

function choiceType(recipe: Recipe): object {
  if (!recipe.choice) throw new Error('A choice needs its values.');
  return enumeration(recipe.choice.name, recipe.choice.values, recipe.choice.description);
}
