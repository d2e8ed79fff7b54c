import { GraphQLScalarType, Kind } from 'graphql';

/*
 * The scalars only carry values. The shape's validation
 * checks the rules of a field, so that both faces refuse with the same code and message.
 */
/** A scalar that is written as a text. */
export function textScalar(name: string, description: string, specifiedByURL?: string): GraphQLScalarType {
  return new GraphQLScalarType({
    name,
    description,
    ...(specifiedByURL ? { specifiedByURL } : {}),
    parseValue: (value) => value,
    parseLiteral: (node) => (node.kind === Kind.STRING ? node.value : undefined),
  });
}
