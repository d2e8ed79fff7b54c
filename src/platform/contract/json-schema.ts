import type { Type } from '@nestjs/common';
import { recipesOf } from './recipes.js';
import type { JsonSchema, Recipe } from './recipes.js';
import type { Direction } from './graphql-types.js';
import { relationsOf } from './relations.js';
import type { Relation } from './relations.js';

interface DeclaredShape {
  readonly type: Type;
  readonly direction: Direction;
  readonly description: string;
}

const shapes = new Map<string, DeclaredShape>();
/** The resources that are listed somewhere, so that their pages have a name. */
const listed = new Map<string, Type>();

/** Registers a shape for `components.schemas`; two shapes with one name are an error. */
export function registerSchema(type: Type, direction: Direction, description: string): void {
  const known = shapes.get(type.name);
  if (known && known.type !== type) throw new Error(`Two shapes are called ${type.name}.`);
  shapes.set(type.name, { type, direction, description });
}

export function schemaReference(type: Type): JsonSchema {
  return { $ref: `#/components/schemas/${type.name}` };
}

/** The schema of a page of a resource, by a name that client generators can use. */
export function pageReference(type: Type): JsonSchema {
  const name = `${type.name}Page`;
  listed.set(name, type);
  return { $ref: `#/components/schemas/${name}` };
}

/** Every shape that was declared, in order of their names. */
export function declaredShapes(): readonly (readonly [name: string, shape: DeclaredShape])[] {
  return [...shapes.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Every shape that was declared, as `components.schemas`. */
export function componentSchemas(): Record<string, JsonSchema> {
  return Object.fromEntries(declaredShapes().map(([name, shape]) => [name, schemaOf(shape)]));
}

/** Every page that some operation returns, as `components.schemas`; `Page` describes its end. */
export function pageSchemas(): Record<string, JsonSchema> {
  const sorted = [...listed.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    sorted.map(([name, type]) => [
      name,
      {
        type: 'object',
        description: `A page of the list; \`fields\` and \`include\` choose what is in it.`,
        required: ['data', 'page'],
        properties: {
          data: { type: 'array', description: 'The rows.', items: schemaReference(type) },
          page: { $ref: '#/components/schemas/Page' },
        },
      },
    ]),
  );
}

function schemaOf({ type, direction, description }: DeclaredShape): JsonSchema {
  const recipes = [...recipesOf(type)];
  const required = recipes
    .filter(([, recipe]) => (direction === 'out' ? !recipe.asked : !recipe.optional))
    .map(([name]) => name);
  const relations = direction === 'out' ? [...relationsOf(type).values()] : [];
  return {
    type: 'object',
    description,
    properties: Object.fromEntries([
      ...recipes.map(([name, recipe]) => [name, propertySchema(recipe, name)] as const),
      ...relations.map((relation) => [relation.name, relationSchema(relation)] as const),
    ]),
    ...(required.length > 0 ? { required } : {}),
    ...(direction === 'in' ? { additionalProperties: false } : {}),
  };
}

/** A relation is there only when `include` names it. */
function relationSchema({ description, many, to, first, name }: Relation): JsonSchema {
  const one = schemaReference(to());
  const told = `${description} Only with \`include=${name}\``;
  if (!many) return { anyOf: [one, { type: 'null' }], description: `${told}.` };
  return { type: 'array', items: one, maxItems: first, description: `${told}: the first ${first}.` };
}

function propertySchema(recipe: Recipe, name: string): JsonSchema {
  const element = recipe.kind.jsonSchema(recipe);
  const schema = recipe.list ? { type: 'array', items: element, maxItems: recipe.list.max } : element;
  const nullable = recipe.nullable ? withNull(schema) : schema;
  return {
    ...nullable,
    description: recipe.asked ? `${recipe.description} Only with \`include=${name}\`.` : recipe.description,
    ...(recipe.example === undefined ? {} : { examples: [recipe.example] }),
  };
}

function withNull(schema: JsonSchema): JsonSchema {
  if (typeof schema.type !== 'string') return { anyOf: [schema, { type: 'null' }] };
  const words = Array.isArray(schema.enum) ? { enum: [...(schema.enum as unknown[]), null] } : {};
  return { ...schema, type: [schema.type, 'null'], ...words };
}
