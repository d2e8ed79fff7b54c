import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphQLObjectType, buildSchema, getNamedType } from 'graphql';
import type { GraphQLField, GraphQLSchema } from 'graphql';
import type { Attacker } from './attacker.js';
import { largestBody, slowestQuery } from './largest.js';
import { wholeOf } from '../harness/whole-of.js';
import { twinOf, writingsOf } from '../platform/bounds/operations.js';
import type { Writing } from '../platform/bounds/operations.js';
import type { Document } from '../platform/isolation/document.js';
import type { World } from '../platform/isolation/world.js';

/** An operation with the most that it takes, ready to be sent as often as one likes. */
export interface Costly {
  readonly name: string;
  readonly send: (attacker: Attacker) => Promise<unknown>;
}

/** How many rows of a relation are asked for each of 100 rows: the most that the price allows is found by trying. */
const WIDTHS = [100, 30, 10, 3, 1] as const;
const MOST_TRIES = 6;

/** Every operation of both faces that the document and the schema offer. A new one is here by existing. */
export async function everyOperation(attacker: Attacker, document: Document, world: World): Promise<Costly[]> {
  const schema = buildSchema(readFileSync(join(process.cwd(), 'schema.graphql'), 'utf8'));
  const writes: Costly[] = [];
  for (const writing of writingsOf(document, world))
    writes.push(...(await largestWrites(attacker, document, schema, writing)));
  return [...writes, ...reads(document, world), ...(await queries(attacker, schema))];
}

/** With the largest body on both faces. */
async function largestWrites(
  attacker: Attacker,
  document: Document,
  schema: GraphQLSchema,
  writing: Writing,
): Promise<Costly[]> {
  const body = await acceptedBody(attacker, document, writing);
  const method = writing.method.toUpperCase();
  const rest = { name: `${method} ${writing.id}`, send: (one: Attacker) => one.ask(method, writing.path, body) };
  const twin = twinOf(schema, writing)?.(body);
  if (!twin) return [rest];
  return [rest, { name: `mutation ${writing.id}`, send: (one) => one.graphql(twin.query, twin.variables) }];
}

/** The largest body that is accepted: where a rule wants another value than the longest, the example's, or none. Else the example. */
async function acceptedBody(
  attacker: Attacker,
  document: Document,
  { method, path, schema, example }: Writing,
): Promise<object> {
  const held = (example ?? {}) as Record<string, unknown>;
  let body = largestBody(document, schema, example) as Record<string, unknown>;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const { status, text } = await attacker.ask(method.toUpperCase(), path, body);
    if (status !== 422) return body;
    const { errors = [] } = JSON.parse(text) as { errors?: { pointer: string }[] };
    const refused = new Set(errors.map(({ pointer }) => pointer.split('/')[1] ?? ''));
    const left = Object.entries(body).filter(([name]) => !refused.has(name));
    const kept = Object.entries(held).filter(([name]) => refused.has(name));
    // What is refused with the example's value too is not needed.
    body = Object.fromEntries(tries < MOST_TRIES / 2 ? [...left, ...kept] : left);
  }
  return held;
}

function reads({ paths }: Document, { ids }: World): Costly[] {
  return Object.entries(paths).flatMap(([path, { get }]) => {
    if (!get || !path.startsWith('/v1/') || path.includes('{source}')) return [];
    const filled = path.replace('{id}', ids.get(path.split('/')[2] ?? '') ?? '');
    const query = slowestQuery(get.parameters ?? []);
    return [{ name: `GET ${get.operationId}`, send: (attacker) => attacker.ask('GET', `${filled}?${query}`) }];
  });
}

/** Lists with as many rows as one may ask for, and of each row's relations as many as the price allows. */
async function queries(attacker: Attacker, schema: GraphQLSchema): Promise<Costly[]> {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {});
  const found: Costly[] = [];
  for (const field of fields) {
    const node = nodeOf(schema, field);
    if (!node) continue;
    for (const width of WIDTHS) {
      const query = `{ ${field.name}(first: 100) { totalCount nodes ${deep(schema, node, width)} } }`;
      const { text } = await attacker.graphql(query);
      if (text.includes('"errors"')) continue;
      found.push({ name: `query ${field.name} × ${width}`, send: (one) => one.graphql(query) });
      break;
    }
  }
  return found;
}

function deep(schema: GraphQLSchema, type: GraphQLObjectType, width: number): string {
  const relations = Object.values(type.getFields()).flatMap((field) => {
    const node = nodeOf(schema, field);
    return node ? [`${field.name}(first: ${width}) { nodes ${wholeOf(schema, node.name)} }`] : [];
  });
  return wholeOf(schema, type.name).replace(/\}$/, `${relations.join(' ')} }`);
}

/** The rows of a connection; null for any other field. */
function nodeOf(schema: GraphQLSchema, { type }: GraphQLField<unknown, unknown>): GraphQLObjectType | null {
  const connection = getNamedType(type);
  if (!connection.name.endsWith('Connection')) return null;
  const node = schema.getType(connection.name.replace(/Connection$/, ''));
  return node instanceof GraphQLObjectType ? node : null;
}
