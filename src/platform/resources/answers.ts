import { Delete, Get, HttpCode, Param, Patch, Post, Put, applyDecorators } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes, ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';
import type { ApiQueryOptions } from '@nestjs/swagger';
import { Needs } from '../auth/needs.js';
import { pageReference, schemaReference } from '../contract/json-schema.js';
import type { RankedList } from '../contract/ranked-lists.js';
import { resourceName } from '../contract/resources.js';
import { Concerns, ConcernsAccount, ConcernsNamed, ConcernsNothing, ConcernsTrashed } from '../writes/subjects.js';
import type { BatchShapes } from './batch-shapes.js';
import { IdPipe } from './id.pipe.js';
import { TakesNoQuery } from './no-query.js';
import { pageParameters, rankedParameters } from './page-parameters.js';

type Scope = `${string}:${'read' | 'write'}`;

interface Route {
  readonly path?: string;
  readonly needs: Scope;
  /** The operation id for client generators, in camelCase, and a summary. */
  readonly operation: string;
  readonly summary: string;
  /** The resource with the id of the path, for a write that answers with something else; an action finds it in the trash too. */
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

/** `GET …` of a page of a ranked list. */
export const ListsRanked = ({ type, description }: RankedList, route: Omit<Route, 'summary'>): MethodDecorator =>
  applyDecorators(
    Get(route.path ?? ''),
    ...described({ ...route, summary: description }),
    ...rankedParameters(type),
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
  applyDecorators(route.of ? ConcernsTrashed(route.of) : Concerns(type), ...action(type, input, route));

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
  /** A whole number from 1 to this, instead of a text. */
  readonly most?: number;
}

/** `GET …` that returns a shape that is not a resource: statistics, a preview. All parameters are optional. */
export const ReadsShape = (shape: Type, parameters: readonly QueryParameter[], route: Route): MethodDecorator =>
  applyDecorators(
    Get(route.path ?? ''),
    ...(parameters.length === 0 ? [TakesNoQuery()] : []),
    ...described(route),
    ...parameters.map(({ format, most, ...told }) => {
      const text = { type: 'string' as const, ...(format ? { format } : {}) };
      const schema = most ? { type: 'integer' as const, minimum: 1, maximum: most } : text;
      return ApiQuery({ ...told, required: false, schema });
    }),
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
): MethodDecorator => applyDecorators(HttpCode(202), ...takesFile(mediaType, parameters, route), answer(202, type));

/** `POST …` that takes something in, as JSON or as a file: 201 with the new resource, or 200 with the one that it is already. */
export const TakesIn = (type: Type, input: Type, mediaType: string, route: Route): MethodDecorator =>
  applyDecorators(
    HttpCode(200),
    Post(route.path ?? ''),
    RouteConfig({ takesFile: mediaType }),
    ConcernsNothing(),
    ...described(route),
    ApiConsumes('application/json', mediaType),
    body(input),
    answer(200, type),
    answer(201, type),
  );

/** `POST …` whose body is a file, of which nothing is kept: 200 with what was found in it. */
export const JudgesFile = (
  shape: Type,
  mediaType: string,
  parameters: readonly ApiQueryOptions[],
  route: Route,
): MethodDecorator =>
  applyDecorators(
    HttpCode(200),
    ...takesFile(mediaType, parameters, route),
    ApiResponse({ status: 200, description: 'The answer.', schema: schemaReference(shape) }),
  );

function takesFile(mediaType: string, parameters: readonly ApiQueryOptions[], route: Route): MethodDecorator[] {
  return [
    Post(route.path ?? ''),
    RouteConfig({ takesFile: mediaType }),
    ConcernsNothing(),
    ...described(route),
    ApiConsumes(mediaType),
    ApiBody({ required: true, schema: { type: 'string' } }),
    ...parameters.map((parameter) => ApiQuery(parameter)),
  ];
}

/** A file that a `GET` answers with: the schema of each media type that it can have, the usual one first. */
export const ReadsFile = (
  media: Readonly<Record<string, object>>,
  parameters: readonly MethodDecorator[],
  route: Route,
): MethodDecorator =>
  applyDecorators(
    Get(route.path ?? ''),
    ...described(route),
    ...parameters,
    ApiResponse({
      status: 200,
      description: 'The file.',
      content: Object.fromEntries(Object.entries(media).map(([type, schema]) => [type, { schema }])),
    }),
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
