import type { Type } from '@nestjs/common';
import { recipesOf } from './recipes.js';
import type { Recipe } from './recipes.js';
import type { Direction } from './graphql-types.js';

/** A JSON Schema of the 2020-12 dialect, which OpenAPI 3.1 speaks. */
export type JsonSchema = Record<string, unknown>;

const shapes = new Map<string, { readonly type: Type; readonly direction: Direction; readonly description: string }>();

/** Remembers a shape for `components.schemas`; two shapes of one name are a mistake. */
export function registerSchema(type: Type, direction: Direction, description: string): void {
  const known = shapes.get(type.name);
  if (known && known.type !== type) throw new Error(`Two shapes are called ${type.name}.`);
  shapes.set(type.name, { type, direction, description });
}

export function schemaReference(type: Type): JsonSchema {
  return { $ref: `#/components/schemas/${type.name}` };
}

/** Every shape that was declared, as `components.schemas`. */
export function componentSchemas(): Record<string, JsonSchema> {
  const sorted = [...shapes.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    sorted.map(([name, { type, direction, description }]) => [name, schemaOf(type, direction, description)]),
  );
}

function schemaOf(type: Type, direction: Direction, description: string): JsonSchema {
  const recipes = [...recipesOf(type)];
  const required = recipes.filter(([, recipe]) => direction === 'out' || !recipe.optional).map(([name]) => name);
  return {
    type: 'object',
    description,
    properties: Object.fromEntries(recipes.map(([name, recipe]) => [name, propertySchema(recipe)])),
    ...(required.length > 0 ? { required } : {}),
    ...(direction === 'in' ? { additionalProperties: false } : {}),
  };
}

function propertySchema(recipe: Recipe): JsonSchema {
  const element = elementSchema(recipe);
  const schema = recipe.list ? { type: 'array', items: element, maxItems: recipe.list.max } : element;
  const nullable = recipe.nullable ? withNull(schema) : schema;
  return {
    ...nullable,
    description: recipe.description,
    ...(recipe.example === undefined ? {} : { examples: [recipe.example] }),
  };
}

function withNull(schema: JsonSchema): JsonSchema {
  if (typeof schema.type !== 'string') return { anyOf: [schema, { type: 'null' }] };
  const words = Array.isArray(schema.enum) ? { enum: [...(schema.enum as unknown[]), null] } : {};
  return { ...schema, type: [schema.type, 'null'], ...words };
}

function elementSchema(recipe: Recipe): JsonSchema {
  switch (recipe.kind) {
    case 'id':
      return { type: 'string', format: 'uuid' };
    case 'text':
      return {
        type: 'string',
        minLength: recipe.min ?? 1,
        maxLength: recipe.max ?? 64,
        ...(recipe.pattern ? { pattern: recipe.pattern.regexp.source } : {}),
      };
    case 'integer':
    case 'number':
      return { type: recipe.kind, minimum: recipe.min, maximum: recipe.max };
    case 'flag':
      return { type: 'boolean' };
    case 'choice':
      return { type: 'string', enum: [...(recipe.choice?.values ?? [])] };
    case 'instant':
      return { type: 'string', format: 'date-time' };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'period':
      return { type: 'string', format: 'duration' };
    case 'json':
      return { type: 'object', additionalProperties: true };
    case 'object':
      return recipe.shape ? schemaReference(recipe.shape()) : { type: 'object' };
  }
}
