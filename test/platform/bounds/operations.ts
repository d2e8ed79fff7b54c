import type { GraphQLSchema } from 'graphql';
import { getNamedType } from 'graphql';
import type { Described, Document, Schema } from '../isolation/document.js';
import { EXTERNAL } from '../isolation/world.js';
import type { World } from '../isolation/world.js';

/** An operation that takes a body, with the body of its example, about rows that exist. */
export interface Writing {
  readonly id: string;
  readonly method: 'post' | 'put' | 'patch';
  readonly path: string;
  readonly schema: Schema;
  readonly example: unknown;
}

/** Every operation with a JSON body, made to refer to the rows of a world. */
export function writingsOf(document: Document, world: World): Writing[] {
  return Object.entries(document.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).flatMap(([method, described]) => writingOf(document, world, { path, method, described })),
  );
}

function writingOf(
  { components }: Document,
  { ids }: World,
  { path, method, described }: { path: string; method: string; described: Described },
): Writing[] {
  const schema = described.requestBody?.content['application/json']?.schema;
  if (!schema || !path.startsWith('/v1/')) return [];
  const plural = path.split('/')[2] ?? '';
  const name = schema.$ref?.split('/').at(-1) ?? '';
  const filled = path
    .replace('{id}', ids.get(plural) ?? '')
    .replace('{source}', EXTERNAL.source)
    .replace('{externalId}', EXTERNAL.externalId);
  const example = linked(components.examples[name]?.value, ids);
  return [{ id: described.operationId, method: method as Writing['method'], path: filled, schema, example }];
}

/** Ids of the example become those of rows. */
function linked(value: unknown, ids: World['ids'], name = ''): unknown {
  const id = ids.get(`${name.replace(/Ids?$/, '')}s`);
  if (/Ids?$/.test(name) && id !== undefined) return Array.isArray(value) ? [id] : id;
  if (Array.isArray(value)) return value.map((item) => linked(item, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, linked(inner, ids, key)]));
}

/** The mutation that is the twin of an operation, with the variables for a body; null where its input differs. */
export function twinOf(schema: GraphQLSchema, { id, path }: Writing): ((body: unknown) => Twin) | null {
  const field = schema.getMutationType()?.getFields()[id];
  if (!field || !field.args.some(({ name }) => name === 'input')) return null;
  const taken = field.args.filter(({ name }) => ['id', 'source', 'externalId', 'input'].includes(name));
  const declared = taken.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = taken.map(({ name }) => `${name}: $${name}`).join(', ');
  const fields = 'getFields' in getNamedType(field.type) ? '{ __typename }' : '';
  const query = `mutation (${declared}) { ${id}(${passed}) ${fields} }`;
  return (input) => ({ query, variables: { id: path.split('/')[3], ...EXTERNAL, input } });
}

export interface Twin {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}
