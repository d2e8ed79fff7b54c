import { IsObject } from 'class-validator';
import { GraphQLScalarType, Kind } from 'graphql';
import type { ValueNode } from 'graphql';
import { jsonDepth } from '../../../kit/merge-patch.js';
import { isSafeText } from '../../../kit/text.js';
import type { FieldKind } from '../recipes.js';
import { rule } from '../rules.js';
import { incomparable } from './operand.js';

/** The largest JSON object of a field, in bytes. */
export const LARGEST_JSON = 65_536;
const DEEPEST = 16;

const JsonScalar = new GraphQLScalarType({
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
  jsonSchema: () => ({ type: 'object', additionalProperties: true }),
  convert: (value) => value,
  rules: (_, each) => [
    IsObject(each),
    rule('isSafeJson', 'must hold no U+0000, no lone surrogate and no number beyond 1.8e308', isSafeJson, each),
    rule('isShallow', `must nest at most ${DEEPEST} levels`, (value) => jsonDepth(value) <= DEEPEST, each),
    rule('isSmall', `must have at most ${LARGEST_JSON} bytes as JSON`, isSmall, each),
  ],
  operand: (_, { pointer }) => incomparable(pointer),
  sqlType: 'text',
  shownSql: (value) => value,
  cursorSql: (value) => `${value}::text`,
  example: () => ({}),
};

function isSmall(value: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(value)) <= LARGEST_JSON;
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
