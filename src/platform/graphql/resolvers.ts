import type { Type } from '@nestjs/common';
import { GraphQLObjectType } from 'graphql';
import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import { recipesOf } from '../contract/recipes.js';
import { allResources } from '../contract/resources.js';
import { JsonText } from '../projection/json-text.js';

type Resolver = GraphQLFieldResolver<unknown, unknown>;

/**
 * Nest gives every field its own resolver, which costs a quarter of a query's time. These replace them: values that PostgreSQL wrote
 * are read by their response key, a payload is its resource, and everything else uses graphql-js's default.
 */
export function plainResolvers(schema: GraphQLSchema): GraphQLSchema {
  const projected = projectedTypeNames();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!(type instanceof GraphQLObjectType) || type.name.startsWith('__')) continue;
    if (type === schema.getSubscriptionType()) continue;
    const root = [schema.getQueryType(), schema.getMutationType()].includes(type);
    for (const field of Object.values(type.getFields())) {
      if (root) field.resolve = parsed(field.resolve);
      else if (projected.has(type.name)) field.resolve = byResponseKey;
      else if (type.name.endsWith('Payload')) field.resolve = theWhole;
      else field.resolve = byName;
    }
  }
  return schema;
}

const byResponseKey: Resolver = (source, _arguments, _context, info) =>
  (source as Record<string, unknown>)[info.path.key];

const theWhole: Resolver = (source) => source;

const byName: Resolver = (source, _arguments, _context, info) =>
  opened((source as Record<string, unknown>)[info.fieldName]);

function parsed(resolve: Resolver | undefined): Resolver {
  return async (source, given, context, info) => opened(await resolve?.(source, given, context, info));
}

function opened(value: unknown): unknown {
  return value instanceof JsonText ? (JSON.parse(value.text) as unknown) : value;
}

/** Names of the types whose values PostgreSQL wrote, keyed by response key. */
function projectedTypeNames(): ReadonlySet<string> {
  const names = allResources().flatMap(({ type }) => [
    type.name,
    `${type.name}Connection`,
    `${type.name}Edge`,
    ...partsOf(type).map(({ name }) => name),
  ]);
  return new Set([...names, 'PageInfo']);
}

/** The shapes of what is stored inside a row, at any depth. */
function partsOf(type: Type): readonly Type[] {
  const own = [...recipesOf(type).values()].flatMap(({ shape }) => (shape ? [shape()] : []));
  return own.flatMap((part) => [part, ...partsOf(part)]);
}
