import { Delete, Get, HttpCode, Param, Patch, Post, Put, applyDecorators } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes, ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';
import type { ApiQueryOptions } from '@nestjs/swagger';
import { Needs } from '../auth/needs.js';
import { filterableFields, operatorsOf, scanNote, searchableFields, sortableFields } from '../contract/filters.js';
import { operatorMeaning } from '../contract/operators.js';
import { pageReference, schemaReference } from '../contract/json-schema.js';
import { DEFAULT_PAGE, LARGEST_PAGE, TRASH_MEANING, searchMeaning } from '../contract/pages.js';
import { resourceName } from '../contract/resources.js';
import { Concerns, ConcernsAccount, ConcernsNamed, ConcernsNothing, ConcernsTrashed } from '../writes/subjects.js';
import type { BatchShapes } from './batch-shapes.js';
import { IdPipe } from './id.pipe.js';
import { TakesNoQuery } from './no-query.js';

type Scope = `${string}:${'read' | 'write'}`;

interface Route {
  readonly path?: string;
  readonly needs: Scope;
  /** The operation id for client generators, in camelCase, and a summary. */
  readonly operation: string;
  readonly summary: string;
  /** The resource with the id of the path, for a write that answers with something else. */
  readonly of?: Type;
  /** The resource is the account of the caller, which has no id in the path. */
  readonly own?: boolean;
}

/** `GET …` of one resource. */
export const Reads = (type: Type, route: Route): MethodDecorator =>
  applyDecorators(Get(route.path ?? ''), ...described(route), answer(200, type));

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
    concerns(route),
    ...described(route),
    body(input),
    answer(201, type),
  );

/** `PATCH …`: JSON Merge Patch (RFC 7396): absent fields keep their value, null clears where it is allowed. */
export const Patches = (type: Type, input: Type, route: Route): MethodDecorator =>
  applyDecorators(
    Patch(route.path ?? ''),
    route.own ? ConcernsAccount(type) : Concerns(type),
    ...described(route),
    body(input),
    answer(200, type),
  );

/** `POST …/{noun}`: an action that changes a resource and returns it. */
export const Acts = (type: Type, input: Type | null, route: Route): MethodDecorator =>
  applyDecorators(Concerns(type), ...action(type, input, route));

/** `POST …/restoration`: brings a resource back from the trash. */
export const Restores = (type: Type, route: Route): MethodDecorator =>
  applyDecorators(ConcernsTrashed(type), ...action(type, null, route));

function action(type: Type, input: Type | null, route: Route): MethodDecorator[] {
  return [
    Post(route.path ?? ''),
    HttpCode(200),
    ...described(route),
    ...(input ? [body(input)] : []),
    answer(200, type),
  ];
}

/** `DELETE …`: 204. */
export const Deletes = (type: Type, route: Route): MethodDecorator =>
  applyDecorators(
    Delete(route.path ?? ''),
    Concerns(type),
    HttpCode(204),
    TakesNoQuery(),
    ...described(route),
    ApiResponse({ status: 204, description: 'Done.' }),
  );

/** `PUT …`: creates the resource with an external id (201), or changes the existing one (200). */
export const Puts = (type: Type, input: Type, route: Route): MethodDecorator =>
  applyDecorators(
    Put(route.path ?? ''),
    ConcernsNamed(type),
    ...described(route),
    body(input),
    answer(200, type),
    answer(201, type),
  );

/** `POST …/batch`: many changes, one result each. */
export const TakesBatch = ({ body: operations, answer: results }: BatchShapes, route: Route): MethodDecorator =>
  applyDecorators(
    Post(route.path ?? ''),
    HttpCode(200),
    ConcernsNothing(),
    ...described(route),
    body(operations),
    ApiQuery({ name: 'atomic', required: false, description: ATOMIC, schema: { type: 'boolean', default: true } }),
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
    TakesNoQuery(),
    concerns(route),
    ...described(route),
    ...(input ? [body(input)] : []),
    ApiResponse({ status: 201, description: 'The answer.', schema: schemaReference(shape) }),
  );

interface QueryParameter {
  readonly name: string;
  readonly description: string;
  readonly format?: 'date-time' | 'uuid';
  readonly example?: string;
}

/** `GET …` that returns a shape that is not a resource: statistics, a preview. All parameters are optional. */
export const ReadsShape = (shape: Type, parameters: readonly QueryParameter[], route: Route): MethodDecorator =>
  applyDecorators(
    Get(route.path ?? ''),
    ...(parameters.length === 0 ? [TakesNoQuery()] : []),
    ...described(route),
    ...parameters.map(({ format, ...told }) =>
      ApiQuery({ ...told, required: false, schema: { type: 'string', ...(format ? { format } : {}) } }),
    ),
    // A parameter that names a resource may name none.
    ...(parameters.some(({ format }) => format === 'uuid') ? [ApiResponse({ status: 404 })] : []),
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
    RouteConfig({ takesFile: mediaType }),
    ConcernsNothing(),
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

function concerns({ of }: Route): MethodDecorator {
  return of ? Concerns(of) : ConcernsNothing();
}

function body(input: Type): MethodDecorator {
  return ApiBody({ required: true, schema: schemaReference(input) });
}

function answer(status: number, type: Type): MethodDecorator {
  return applyDecorators(
    ApiResponse({ status, description: `The ${resourceName(type).noun}.`, schema: schemaReference(type) }),
  );
}

function pageParameters(type: Type): MethodDecorator[] {
  const sorts = sortableFields(type).flatMap((name) => [name, `-${name}`]);
  const filters = [...filterableFields(type)].flatMap(([name, recipe]) =>
    Object.entries(operatorsOf(recipe)).map(([operator, form]) => {
      const meaning = recipe.condition ? `${recipe.description} ` : '';
      const description = `\`${name}\`: ${meaning}${operatorMeaning(operator)}${scanNote(recipe)}`;
      const parameter = `filter[${name}][${operator}]`;
      return form === 'many' || form === 'pair' ? several(parameter, description) : text(parameter, description);
    }),
  );
  const first = { type: 'integer', minimum: 1, maximum: LARGEST_PAGE, default: DEFAULT_PAGE } as const;
  return [
    ApiQuery({ name: 'first', required: false, description: 'The number of rows.', schema: first }),
    text('after', 'The `endCursor` of the previous page.'),
    words('sort', 'The order; ties are broken by id.', sorts),
    flag('total', 'Whether to count all matching rows.'),
    ...(searchableFields(type).length > 0 ? [text('q', searchMeaning(type))] : []),
    ...(resourceName(type).restorable ? [flag('trash', TRASH_MEANING)] : []),
    ...filters,
  ];
}

/** The parameter is repeated, because a value may contain a comma. */
function several(name: string, description: string): MethodDecorator {
  const schema = { type: 'array' as const, items: { type: 'string' as const } };
  return ApiQuery({ name, required: false, description, style: 'form', explode: true, schema });
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
