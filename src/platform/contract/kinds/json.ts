import { IsObject } from 'class-validator';
import { GraphQLScalarType, Kind } from 'graphql';
import type { ValueNode } from 'graphql';
import { jsonDepth } from '../../../kit/merge-patch.js';
import { isSafeText } from '../../../kit/text.js';
import type { FieldKind } from '../recipes.js';
import { rule } from '../rules.js';
import { incomparable } from './operand.js';

/** The largest JSON object of a field: bytes, and keys at its first level. */
export const LARGEST_JSON = 16_384;
export const MOST_KEYS = 100;
const DEEPEST = 16;

export const JsonScalar = new GraphQLScalarType({
  name: 'JSON',
  description: 'Any JSON value.',
  parseValue: (value) => value,
  parseLiteral: literal,
});

/** A JSON object that the caller defines. */
export const json: FieldKind = {
  conditionName: () => 'Json',
  operators: {},
  graphqlType: () => JsonScalar,
  jsonSchema: () => ({ type: 'object', additionalProperties: true, maxProperties: MOST_KEYS }),
  convert: (value) => value,
  rules: (_, each) => [
    IsObject(each),
    rule('maxProperties', MANY_KEYS, hasFewKeys, each),
    rule('isSmall', TOO_LARGE, isSmall, each),
    rule('isSafeJson', 'must hold no U+0000, no lone surrogate and no number beyond 1.8e308', isSafeJson, each),
    rule('isShallow', `must nest at most ${DEEPEST} levels`, (value) => jsonDepth(value) <= DEEPEST, each),
  ],
  operand: (_, { pointer }) => incomparable(pointer),
  sqlType: 'text',
  shownSql: (value) => value,
  cursorSql: (value) => `${value}::text`,
  example: () => ({}),
};

const TOO_LARGE = `must have at most ${LARGEST_JSON} bytes as JSON: store less in it`;
const LOST: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const LOST_NAMES = `must use none of the names ${[...LOST].join(', ')} at any level: choose others`;
const MANY_KEYS = `must have at most ${MOST_KEYS} keys: leave some out`;

function hasFewKeys(value: unknown): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length <= MOST_KEYS;
}

function isSmall(value: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(value)) <= LARGEST_JSON;
}

/** What is wrong with an object, found before anything else is done with it; or null. */
export function jsonExcess(value: object): { readonly code: string; readonly rule: string } | null {
  if (!hasFewKeys(value)) return { code: 'maxProperties', rule: MANY_KEYS };
  if (!isSmall(value)) return { code: 'isSmall', rule: TOO_LARGE };
  return hasLostNames(value) ? { code: 'isKept', rule: LOST_NAMES } : null;
}

/** Copying an input leaves these names out, against those who reach for prototypes. What would be lost is refused. */
function hasLostNames(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasLostNames);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]) => LOST.has(name) || hasLostNames(inner));
}

function isSafeJson(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'string') return isSafeText(value);
  if (Array.isArray(value)) return value.every(isSafeJson);
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).every(([key, inner]) => isSafeText(key) && isSafeJson(inner));
  }
  return true;
}

function literal(node: ValueNode, variables?: { [name: string]: unknown } | null): unknown {
  switch (node.kind) {
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return node.value;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map((field) => [field.name.value, literal(field.value, variables)]));
    case Kind.LIST:
      return node.values.map((value) => literal(value, variables));
    case Kind.VARIABLE:
      return variables?.[node.name.value];
    case Kind.NULL:
      return null;
  }
}
