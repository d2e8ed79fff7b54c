import type { Type } from '@nestjs/common';
import { shapeOf } from '../contract/kinds/object.js';
import { recipeOf } from '../contract/recipes.js';
import type { Recipe } from '../contract/recipes.js';
import { rowSql } from './expressions.js';
import { literal } from './sql-text.js';
import { isPageView } from './view.js';
import type { ObjectView } from './view.js';

/** A view of a part: an object, or a list of objects, inside a `jsonb` value. */
export function partSql(recipe: Recipe, value: string, view: ObjectView, alias: () => string): string {
  const shape = shapeOf(recipe);
  if (!recipe.list) {
    return `case when jsonb_typeof(${value}) = 'object' then ${shownPart(shape, value, view, alias)} end`;
  }
  const row = alias();
  const items = `json_agg(${shownPart(shape, `${row}.v`, view, alias)} order by ${row}.n)`;
  const list = `(select coalesce(${items}, '[]'::json) from jsonb_array_elements(${value}) with ordinality ${row}(v, n))`;
  return `case when jsonb_typeof(${value}) = 'array' then ${list} end`;
}

function shownPart(shape: Type, value: string, view: ObjectView, alias: () => string): string {
  return rowSql(
    view.fields.map(({ key, name, view: inner }) => {
      if (name === '__typename') return [key, `${literal(shape.name)}::text`];
      const held = `(${value} -> ${literal(name)})`;
      return [key, inner && !isPageView(inner) ? partSql(recipeOf(shape, name), held, inner, alias) : held];
    }),
  );
}
