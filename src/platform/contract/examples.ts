import type { Type } from '@nestjs/common';
import { recipesOf } from './recipes.js';
import type { Recipe } from './recipes.js';

type Example = Record<string, unknown>;

const ID = '01977f2e-6c00-7000-8000-0123456789ab';
const INSTANT = '2026-03-02T10:00:00.000Z';
const DATE = '2026-03-02';

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
  return recipe.list ? [plainValue(recipe, nested)] : plainValue(recipe, nested);
}

function plainValue(recipe: Recipe, nested: (type: Type) => Example): unknown {
  switch (recipe.kind) {
    case 'id':
      return ID;
    case 'text':
      return 'text';
    case 'integer':
    case 'number':
      return Math.max(recipe.min ?? 0, 1);
    case 'flag':
      return false;
    case 'choice':
      return recipe.choice?.values[0];
    case 'instant':
      return INSTANT;
    case 'date':
      return DATE;
    case 'period':
      return 'P3M';
    case 'json':
      return {};
    case 'object':
      return recipe.shape ? nested(recipe.shape()) : {};
  }
}
