import type { Type } from '@nestjs/common';
import { recipesOf } from '../contract/recipes.js';
import { includable } from '../contract/relations.js';
import { allResources } from '../contract/resources.js';
import { names, pathParameters } from './openapi-parameters.js';
import type { ParameterName } from './openapi-parameters.js';
import { HEADERS, refusalsFor } from './openapi-refusals.js';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

interface Reference {
  readonly $ref: string;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
}

interface Media {
  readonly schema?: Partial<Reference>;
  readonly examples?: Record<string, Reference>;
}

interface Body {
  readonly description?: string;
  readonly content?: Record<string, Media>;
  readonly headers?: Record<string, Reference>;
}

interface OpenApiOperation {
  readonly operationId: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: Body;
  readonly responses: Record<string, Body | Reference>;
}

export type Paths = Record<string, Partial<Record<Method, OpenApiOperation>>>;

/** Adds to every operation what all operations of its kind share: path ids, headers, errors and examples. */
export function completed(paths: Paths): Paths {
  return mapped(paths, (method, path, operation) => {
    const routed = { method, path, operation };
    const { requestBody } = operation;
    return {
      ...operation,
      parameters: parametersOf(routed),
      ...(requestBody ? { requestBody: withExamples(requestBody) } : {}),
      responses: responsesOf(routed),
      ...(path.startsWith('/v1/') ? {} : { security: [] }),
    };
  });
}

function mapped(
  paths: Paths,
  change: (method: Method, path: string, operation: OpenApiOperation) => OpenApiOperation,
): Paths {
  return Object.fromEntries(
    Object.entries(paths).map(([path, verbs]) => [
      path,
      Object.fromEntries(
        Object.entries(verbs).map(([method, operation]) => [method, change(method as Method, path, operation)]),
      ),
    ]),
  );
}

interface RoutedOperation {
  readonly method: Method;
  readonly path: string;
  readonly operation: OpenApiOperation;
}

function parametersOf(routed: RoutedOperation): (Parameter | Reference)[] {
  const { method, path, operation } = routed;
  const own = (operation.parameters ?? []).filter((given) => !('in' in given && given.in === 'path'));
  const ours = path.startsWith('/v1/');
  const shared: ParameterName[] = [
    ...pathParameters(path),
    ...(ours ? (['RequestId'] as const) : []),
    ...(ours && method !== 'get' ? (['IdempotencyKey'] as const) : []),
    ...(isBound(routed) ? (['IfMatch'] as const) : []),
    ...(isRead(routed) ? (['IfNoneMatch'] as const) : []),
    ...(method === 'put' ? (['IfAbsent'] as const) : []),
  ];
  return [...shared.map((name) => ({ $ref: `#/components/parameters/${name}` })), ...own, ...viewParameters(operation)];
}

/** `fields` and `include`, wherever resources are answered. All relations are declared by the time the document is generated. */
function viewParameters({ responses }: OpenApiOperation): Parameter[] {
  const shown = shownBy(responses['200'] ?? responses['201']);
  if (!shown) return [];
  const included = includable(shown);
  const fields = names('fields', 'Return only these fields.', [...recipesOf(shown).keys()]);
  return included.length > 0 ? [fields, names('include', 'Include these too.', included)] : [fields];
}

/** The resource that an answer shows: one, a page of them, or one for each operation of a batch. */
function shownBy(response: Body | Reference | undefined): Type | null {
  const name = response && 'content' in response ? schemaName(response) : undefined;
  const found = allResources().find(({ type }) =>
    [type.name, `${type.name}Page`, `${type.name}BatchAnswer`].includes(name ?? ''),
  );
  return found?.type ?? null;
}

/** Whether it returns one resource, which has a version. */
function isRead({ method, operation }: RoutedOperation): boolean {
  return method === 'get' && isResource(operation.responses['200']);
}

/** Whether it changes one resource that may exist, and so accepts `If-Match`. */
function isBound({ method, path }: RoutedOperation): boolean {
  return method !== 'get' && (method !== 'post' || path.includes('{id}'));
}

function isResource(response: Body | Reference | undefined): boolean {
  const name = response && 'content' in response ? schemaName(response) : undefined;
  return allResources().some(({ type }) => type.name === name);
}

function isList({ responses }: OpenApiOperation): boolean {
  const ok = responses['200'];
  return ok !== undefined && 'content' in ok && schemaName(ok)?.endsWith('Page') === true;
}

function responsesOf(routed: RoutedOperation): Record<string, Body | Reference> {
  const { path, operation } = routed;
  const own = Object.entries(operation.responses).filter(([status]) => Number(status) < 400);
  const named = Object.keys(operation.responses).map(Number);
  return {
    ...Object.fromEntries(own.map(([status, response]) => [status, answered(routed, status, response)])),
    ...(isRead(routed) ? { '304': UNCHANGED } : {}),
    ...refusalsFor([...named, ...(path.startsWith('/v1/') ? refusedBy(routed) : [HEADERS_TOO_LARGE])]),
  };
}

const UNCHANGED = { description: 'The resource still has that version.' };
/** Errors before a route is known. */
const HEADERS_TOO_LARGE = 431;

/** The error statuses of such an operation. */
function refusedBy(routed: RoutedOperation): number[] {
  const { method, path } = routed;
  const writes = method !== 'get';
  return [
    ...[400, 401, 403, 429, HEADERS_TOO_LARGE, 500, 503],
    ...(path.includes('{') ? [404, 414] : []),
    ...(writes ? [409, 412, 413, 415, 422] : []),
  ];
}

function answered(routed: RoutedOperation, status: string, response: Body | Reference): Body | Reference {
  if ('$ref' in response) return response;
  const { method, path, operation } = routed;
  const names = [
    'RequestId',
    ...(path.startsWith('/v1/') ? ['RateLimit', 'RateLimitPolicy'] : []),
    ...(status === '201' && operation.requestBody ? ['Location'] : []),
    ...(isList(operation) ? ['Link'] : []),
    ...(isResource(response) ? ['ETag'] : []),
    ...(method !== 'get' ? ['IdempotencyReplayed'] : []),
  ];
  const headers = Object.fromEntries(
    names.map((name) => [HEADERS[name]?.header ?? name, { $ref: `#/components/headers/${name}` }]),
  );
  return { ...withExamples(response), headers: { ...response.headers, ...headers } };
}

/** What is taken beside JSON is a file, whose shape no schema tells. */
const FILE = { schema: { type: 'string' } };

/** A body whose schema has a name shows the example of that name. */
function withExamples(body: Body): Body {
  const name = schemaName(body);
  if (!name || !body.content) return body;
  const examples = { [name]: { $ref: `#/components/examples/${name}` } };
  const content = Object.entries(body.content).map(([type, media]) => {
    return [type, /[/+]json$/.test(type) ? { ...media, examples } : FILE];
  });
  return { ...body, content: Object.fromEntries(content) as Record<string, Media> };
}

function schemaName({ content }: Body): string | undefined {
  const [media] = Object.values(content ?? {});
  return media?.schema?.$ref?.split('/').at(-1);
}
