import type { Type } from '@nestjs/common';
import { recipesOf } from './recipes.js';
import type { Recipe } from './recipes.js';

type Example = Record<string, unknown>;

/** What a shape looks like when it is answered: every field, with the example of its recipe or a plain value of its kind. */
export function answerExample(type: Type): Example {
  return Object.fromEntries([...recipesOf(type)].map(([name, recipe]) => [name, valueOf(recipe, answerExample)]));
}

/**
 * What may be sent as a shape: the fields that are needed, and those whose recipe gives an example. A field that may be
 * left out and has none is left out, since one plain value for everything seldom makes sense together.
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
