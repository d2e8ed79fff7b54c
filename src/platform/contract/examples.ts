import type { Type } from '@nestjs/common';
import { plainRecipesOf, recipesOf } from './recipes.js';
import type { Recipe } from './recipes.js';

type Example = Record<string, unknown>;

/** An example of an answer of this shape: every field that is shown unasked, with the example of its recipe or a plain value of its kind. */
export function answerExample(type: Type): Example {
  return Object.fromEntries([...plainRecipesOf(type)].map(([name, recipe]) => [name, valueOf(recipe, answerExample)]));
}

/**
 * An example of an input of this shape: the required fields, and those whose recipe gives an example. Optional fields
 * without an example are left out, because plain values for all of them rarely make sense together.
 */
export function inputExample(type: Type): Example {
  const shown = [...recipesOf(type)].filter(([, recipe]) => !recipe.optional || recipe.example !== undefined);
  return Object.fromEntries(shown.map(([name, recipe]) => [name, valueOf(recipe, inputExample)]));
}

function valueOf(recipe: Recipe, nested: (type: Type) => Example): unknown {
  if (recipe.example !== undefined) return recipe.example;
  if (recipe.nullable) return null;
  return recipe.list ? [recipe.kind.example(recipe, nested)] : recipe.kind.example(recipe, nested);
}
