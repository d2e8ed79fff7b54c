import type { Document, Schema } from '../isolation/document.js';

/** Values of a schema's kind at the ends of what is supported, on both sides of them, and as far away as one can write. */
const OF_FORMAT: Readonly<Record<string, readonly unknown[]>> = {
  date: [
    '1899-12-31',
    '1900-01-01',
    '1970-01-01',
    '2100-12-31',
    '2101-01-01',
    '0001-01-01',
    '9999-12-31',
    '2100-02-29',
  ],
  'date-time': [
    '1969-12-31T23:59:59.999Z',
    '1970-01-01T00:00:00Z',
    '2100-12-31T23:59:59.999Z',
    '2101-01-01T00:00:00Z',
    '2100-12-31T23:59:59-12:00',
    '1970-01-01T00:00:00+14:00',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
  ],
  duration: ['PT1S', 'P1D', 'P20Y', 'P20Y1D', 'P75Y', 'P90Y', 'P99Y11M30D', 'P99999D', 'PT9999999999S', 'PT0S', '-P1D'],
};
const OF_NUMBERS = [-(2 ** 53), -(2 ** 31) - 1, -1, 0, 1, 0.5, 2 ** 31 - 1, 2 ** 31, 1e15, 1e15 + 1, 2 ** 53, 1e308];
const DAYTIMES = ['00:00', '23:59', '24:00'];
const ZONES = ['Pacific/Kiritimati', 'Pacific/Niue', 'America/Santiago', 'Antarctica/Troll'];

/** A value to try, and the field of a body that takes it. */
export interface Bound {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** Every field of a body, nested ones too, that has bounds: with each value at them. */
export function boundsOf(document: Document, schema: Schema, path: Bound['path'] = []): Bound[] {
  const { properties, items, anyOf, ...own } = resolved(document, schema);
  if (anyOf) return anyOf.flatMap((one) => boundsOf(document, one, path));
  if (items) return boundsOf(document, items, [...path, 0]);
  if (properties) {
    return Object.entries(properties).flatMap(([name, one]) => boundsOf(document, one, [...path, name]));
  }
  return valuesOf(own, String(path.at(-1))).map((value) => ({ path, value }));
}

/** What a filter or a parameter of this name takes at its bounds. */
export function boundsOfParameter(name: string): readonly string[] {
  const all = [...Object.values(OF_FORMAT).flat(), ...OF_NUMBERS, 'P100Y', '-P100Y'].map(String);
  return name.endsWith('[between]') ? all.map((value, index) => `${value},${all.at(-index - 1)}`) : all;
}

function valuesOf({ type, format, minimum, maximum }: Schema, name: string): readonly unknown[] {
  if (format && OF_FORMAT[format]) return OF_FORMAT[format];
  const types = [type].flat();
  if (types.includes('integer') || types.includes('number')) {
    const ends = [minimum, maximum].flatMap((end) => (end === undefined ? [] : [end - 1, end, end + 1]));
    return [...ends, ...OF_NUMBERS];
  }
  if (name === 'timeZone') return ZONES;
  return ['dayStartsAt', 'quietFrom', 'quietUntil'].includes(name) ? DAYTIMES : [];
}

function resolved({ components }: Document, schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name ? (components.schemas[name] ?? {}) : schema;
}

/** A body with one field replaced; what is missing on the way there is added. */
export function withBound(body: unknown, { path, value }: Bound): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return value;
  const inner = { path: rest, value };
  if (typeof head === 'number') return [withBound(Array.isArray(body) ? body[head] : undefined, inner)];
  const held = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  return { ...held, [head]: withBound(held[head], inner) };
}
