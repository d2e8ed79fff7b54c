import type { Document, Schema } from '../platform/isolation/document.js';

/** A JSON body has at most one megabyte; this leaves room for the rest of it. */
const MOST_BYTES = 900_000;
const LETTER = 'ü';
const LONGEST_QUERY = 6_000;

/** A schema with the bounds that decide how large a value may be. */
interface Bounded extends Schema {
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly pattern?: string;
  readonly additionalProperties?: boolean | Schema;
}

/** The largest body that the schema allows: the longest texts, the fullest lists, every property. What has a form of its own keeps the example's. */
export function largestBody(document: Document, schema: Schema, example: unknown): unknown {
  const wide = largest(document, schema, example, MOST_BYTES);
  return Buffer.byteLength(JSON.stringify(wide)) <= MOST_BYTES
    ? wide
    : largest(document, schema, example, MOST_BYTES / 50);
}

function largest(document: Document, schema: Schema, example: unknown, bytes: number): unknown {
  const { properties, items, anyOf, type, format, maxLength, maxItems, maximum, pattern, ...own } = resolved(
    document,
    schema,
  );
  if (anyOf?.[0]) return largest(document, anyOf[0], example, bytes);
  if (own.enum) return example ?? own.enum[0];
  if (properties) {
    const held = (example ?? {}) as Record<string, unknown>;
    const named = Object.keys(properties).filter((name) => name in held || !/(Id|Ids|At|On)$/.test(name));
    const share = Math.floor(bytes / Math.max(1, named.length));
    const entries = named.map((name) => [name, largest(document, properties[name] ?? {}, held[name], share)] as const);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }
  if (items) {
    const one = largest(document, items, Array.isArray(example) ? example[0] : undefined, bytes);
    if (one === undefined) return example;
    const fits = Math.max(1, Math.floor(bytes / (Buffer.byteLength(JSON.stringify(one)) + 1)));
    return Array.from({ length: Math.min(maxItems ?? 1_000, fits) }, (_, n) => numbered(one, n));
  }
  const types = [type].flat();
  if (types.includes('string')) {
    if (format || pattern || maxLength === undefined) return example;
    return LETTER.repeat(Math.min(maxLength, Math.floor(bytes / 2)));
  }
  if (types.includes('integer') || types.includes('number')) return maximum ?? example;
  if (types.includes('object')) return wideObject(Math.min(bytes, 15_000));
  return example;
}

/** Lists of texts have each of them once. */
function numbered(one: unknown, n: number): unknown {
  return typeof one === 'string' && one.includes(LETTER) ? `${n}${one.slice(String(n).length)}` : one;
}

/** As many keys as fit. */
function wideObject(bytes: number): Record<string, string> {
  const keys = Math.min(100, Math.floor(bytes / 150));
  return Object.fromEntries(Array.from({ length: keys }, (_, n) => [`key ${n}`, LETTER.repeat(60)]));
}

function resolved({ components }: Document, schema: Schema): Bounded {
  const name = schema.$ref?.split('/').at(-1);
  return name ? (components.schemas[name] ?? {}) : schema;
}

interface QueryParameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: Bounded;
}

/** The slowest query of a read: a whole page, a search, and filters that read every row, as many as fit into an address. */
export function slowestQuery(parameters: readonly QueryParameter[]): string {
  const query = new URLSearchParams();
  for (const { name, in: place, schema } of parameters) {
    const value = place === 'query' ? slowestOf(name, schema) : null;
    if (value === null) continue;
    query.append(name, value);
    if (query.toString().length > LONGEST_QUERY) {
      query.delete(name);
      break;
    }
  }
  return query.toString();
}

function slowestOf(name: string, schema: Bounded | undefined): string | null {
  if (name === 'first') return String(schema?.maximum ?? 100);
  if (name === 'total') return 'true';
  if (name === 'q') return 'the quick brown fox jumps over the lazy dog '.repeat(4).trim();
  if (name === 'include') return (schema?.items?.enum ?? []).join(',') || null;
  if (name.endsWith('[contains]')) return 'e '.repeat(100).trim();
  if (name.endsWith('[ne]') && name.startsWith('filter[name]')) return 'nobody';
  return null;
}
