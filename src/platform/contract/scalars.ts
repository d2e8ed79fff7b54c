import { GraphQLScalarType, Kind } from 'graphql';
import type { ValueNode } from 'graphql';

/*
 * The scalars only carry values. Whether a value obeys its field's rules is judged by the shape's
 * validation, so that both faces refuse with the same code and words.
 */
function textScalar(name: string, description: string, specifiedByURL?: string): GraphQLScalarType {
  return new GraphQLScalarType({
    name,
    description,
    ...(specifiedByURL ? { specifiedByURL } : {}),
    parseValue: (value) => value,
    parseLiteral: (node) => (node.kind === Kind.STRING ? node.value : undefined),
  });
}

export const InstantScalar = textScalar(
  'Instant',
  'A point in time: RFC 3339, answered in UTC with milliseconds.',
  'https://www.rfc-editor.org/rfc/rfc3339',
);
export const DateScalar = textScalar('Date', 'A calendar date without a time: `YYYY-MM-DD`.');
export const DurationScalar = textScalar('Duration', 'An ISO 8601 duration, such as `P8M`.');

export const JsonScalar = new GraphQLScalarType({
  name: 'JSON',
  description: 'Any JSON value.',
  parseValue: (value) => value,
  parseLiteral: literal,
});

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
