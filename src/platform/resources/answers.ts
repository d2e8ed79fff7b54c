import { Delete, Get, HttpCode, Param, Patch, Post, Put, applyDecorators } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';
import type { ApiQueryOptions } from '@nestjs/swagger';
import { Needs } from '../auth/needs.js';
import { filterableFields, operatorsOf, scanNote, searchableFields, sortableFields } from '../contract/filters.js';
import { operatorMeaning } from '../contract/operators.js';
import { pageReference, schemaReference } from '../contract/json-schema.js';
import { DEFAULT_PAGE, LARGEST_PAGE, TRASH_MEANING, searchMeaning } from '../contract/pages.js';
import { recipesOf } from '../contract/recipes.js';
import { relationsOf } from '../contract/relations.js';
import { resourceName } from '../contract/resources.js';
import { Concerns } from '../writes/write.interceptor.js';
import type { BatchShapes } from './batch-shapes.js';
import { IdPipe } from './id.pipe.js';

type Scope = `${string}:${'read' | 'write'}`;

interface Route {
  readonly path?: string;
  readonly needs: Scope;
  /** The operation id for client generators, in camelCase, and a summary. */
  readonly operation: string;
  readonly summary: string;
}

/** `GET …` of one resource. */
export const Reads = (type: Type, route: Route): MethodDecorator =>
  applyDecorators(Get(route.path ?? ''), ...described(route), ...viewParameters(type), answer(200, type));

/** `GET …` of a page. */
export const Lists = (type: Type, route: Route): MethodDecorator =>
  applyDecorators(
    Get(route.path ?? ''),
    ...described(route),
    ...pageParameters(type),
    ApiResponse({ status: 200, description: `A page of ${resourceName(type).plural}.`, schema: pageReference(type) }),
  );

/** `POST …` that creates a resource: 201 with its `Location`. */
export const Creates = (type: Type, input: Type, route: Route): MethodDecorator =>
  applyDecorators(
    Post(route.path ?? ''),
    HttpCode(201),
    ...described(route),
    body(input),
    ...viewParameters(type),
    answer(201, type),
  );

/** `PATCH …`: JSON Merge Patch (RFC 7396): absent fields keep their value, null clears where it is allowed. */
export const Patches = (type: Type, input: Type, route: Route): MethodDecorator =>
  applyDecorators(
    Patch(route.path ?? ''),
    Concerns(type),
    ...described(route),
    body(input),
    ...viewParameters(type),
    answer(200, type),
  );

/** `POST …/{noun}`: an action that changes a resource and returns it. */
export const Acts = (type: Type, input: Type | null, route: Route): MethodDecorator =>
  applyDecorators(
    Post(route.path ?? ''),
    HttpCode(200),
    Concerns(type),
    ...described(route),
    ...(input ? [body(input)] : []),
    ...viewParameters(type),
    answer(200, type),
  );

/** `DELETE …`: 204. */
export const Deletes = (type: Type, route: Route): MethodDecorator =>
  applyDecorators(
    Delete(route.path ?? ''),
    Concerns(type),
    HttpCode(204),
    ...described(route),
    ApiResponse({ status: 204, description: 'Done.' }),
  );

/** `PUT …`: creates the resource with an external id (201), or changes the existing one (200). */
export const Puts = (type: Type, input: Type, route: Route): MethodDecorator =>
  applyDecorators(
    Put(route.path ?? ''),
    ...described(route),
    body(input),
    ...viewParameters(type),
    answer(200, type),
    answer(201, type),
  );

/** `POST …/batch`: many changes, one result each. */
export const TakesBatch = (
  type: Type,
  { body: operations, answer: results }: BatchShapes,
  route: Route,
): MethodDecorator =>
  applyDecorators(
    Post(route.path ?? ''),
    HttpCode(200),
    ...described(route),
    body(operations),
    ApiQuery({ name: 'atomic', required: false, description: ATOMIC, schema: { type: 'boolean', default: true } }),
    ...viewParameters(type),
    ApiResponse({ status: 200, description: 'One result for each operation.', schema: schemaReference(results) }),
  );

/** What `atomic` means, on both faces. */
export const ATOMIC =
  'True: all changes are applied, or none. False: each is applied by itself, and its result says whether it succeeded.';

/** `POST …` that answers 201 with a shape that is not a resource: a secret shown once, a report. */
export const CreatesShape = (shape: Type, input: Type | null, route: Route): MethodDecorator =>
  applyDecorators(
    Post(route.path ?? ''),
    HttpCode(201),
    ...described(route),
    ...(input ? [body(input)] : []),
    ApiResponse({ status: 201, description: 'The answer.', schema: schemaReference(shape) }),
  );

interface QueryParameter {
  readonly name: string;
  readonly description: string;
  readonly format?: 'date-time';
  readonly example?: string;
}

/** `GET …` that returns a shape that is not a resource: statistics, a preview. All parameters are optional. */
export const ReadsShape = (shape: Type, parameters: readonly QueryParameter[], route: Route): MethodDecorator =>
  applyDecorators(
    Get(route.path ?? ''),
    ...described(route),
    ...parameters.map(({ format, ...told }) =>
      ApiQuery({ ...told, required: false, schema: { type: 'string', ...(format ? { format } : {}) } }),
    ),
    ApiResponse({ status: 200, description: 'The answer.', schema: schemaReference(shape) }),
  );

/** `POST …` whose body is a file that a worker goes through: 202 with the resource that tells how far it is. */
export const AcceptsFile = (
  type: Type,
  mediaType: string,
  parameters: readonly ApiQueryOptions[],
  route: Route,
): MethodDecorator =>
  applyDecorators(
    Post(route.path ?? ''),
    HttpCode(202),
    ...described(route),
    ApiConsumes(mediaType),
    ApiBody({ required: true, schema: { type: 'string' } }),
    ...parameters.map((parameter) => ApiQuery(parameter)),
    answer(202, type),
  );

/** The id in the path. */
export const PathId = (name = 'id'): ParameterDecorator => Param(name, IdPipe);

function described({ needs, operation, summary }: Route): MethodDecorator[] {
  return [Needs(needs), ApiOperation({ operationId: operation, summary, description: `Scope: \`${needs}\`.` })];
}

function body(input: Type): MethodDecorator {
  return ApiBody({ required: true, schema: schemaReference(input) });
}

function answer(status: number, type: Type): MethodDecorator {
  return applyDecorators(
    ApiResponse({ status, description: `The ${resourceName(type).noun}.`, schema: schemaReference(type) }),
  );
}

function viewParameters(type: Type): MethodDecorator[] {
  const relations = [...relationsOf(type).keys()];
  const fields = words('fields', 'Return only these fields.', [...recipesOf(type).keys()]);
  return relations.length > 0 ? [fields, words('include', 'Include these relations.', relations)] : [fields];
}

function pageParameters(type: Type): MethodDecorator[] {
  const sorts = sortableFields(type).flatMap((name) => [name, `-${name}`]);
  const filters = [...filterableFields(type)].flatMap(([name, recipe]) =>
    Object.keys(operatorsOf(recipe)).map((operator) =>
      text(`filter[${name}][${operator}]`, `\`${name}\`: ${operatorMeaning(operator)}${scanNote(recipe)}`),
    ),
  );
  const first = { type: 'integer', minimum: 1, maximum: LARGEST_PAGE, default: DEFAULT_PAGE } as const;
  return [
    ApiQuery({ name: 'first', required: false, description: 'The number of rows.', schema: first }),
    text('after', 'The `endCursor` of the previous page.'),
    words('sort', 'The order; ties are broken by id.', sorts),
    flag('total', 'Whether to count all matching rows.'),
    ...(searchableFields(type).length > 0 ? [text('q', searchMeaning(type))] : []),
    ...(resourceName(type).restorable ? [flag('trash', TRASH_MEANING)] : []),
    ...viewParameters(type),
    ...filters,
  ];
}

function words(name: string, description: string, allowed: readonly string[]): MethodDecorator {
  const schema = { type: 'array' as const, items: { type: 'string' as const, enum: [...allowed] } };
  return ApiQuery({ name, required: false, description, style: 'form', explode: false, schema });
}

function flag(name: string, description: string): MethodDecorator {
  return ApiQuery({ name, required: false, description, schema: { type: 'boolean' } });
}

function text(name: string, description: string): MethodDecorator {
  return ApiQuery({ name, required: false, description, schema: { type: 'string' } });
}
