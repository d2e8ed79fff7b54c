import { GraphQLScalarType, Kind } from 'graphql';

/*
 * The scalars only carry values. Whether a value obeys its field's rules is judged by the shape's
 * validation, so that both faces refuse with the same code and words.
 */
/** A scalar that is spelt as a text. */
export function textScalar(name: string, description: string, specifiedByURL?: string): GraphQLScalarType {
  return new GraphQLScalarType({
    name,
    description,
    ...(specifiedByURL ? { specifiedByURL } : {}),
    parseValue: (value) => value,
    parseLiteral: (node) => (node.kind === Kind.STRING ? node.value : undefined),
  });
}
