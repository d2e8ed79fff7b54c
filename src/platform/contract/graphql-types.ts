import type { Type } from '@nestjs/common';
import { Field, registerEnumType } from '@nestjs/graphql';
import { recipesOf } from './recipes.js';

export type Direction = 'out' | 'in';

const enumerations = new Map<string, Record<string, string>>();

/** Gives every recipe of a class its GraphQL field. */
export function playGraphql(type: Type, direction: Direction): void {
  for (const [name, recipe] of recipesOf(type)) {
    const element = recipe.kind.graphqlType(recipe);
    const nullable = recipe.nullable || (direction === 'in' && recipe.optional);
    Field(() => (recipe.list ? [element] : element) as Type, { nullable, description: recipe.description })(
      type.prototype as object,
      name,
    );
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
