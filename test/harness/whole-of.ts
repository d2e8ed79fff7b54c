import { GraphQLObjectType, getNamedType, isLeafType } from 'graphql';
import type { GraphQLSchema } from 'graphql';

/** Every field of a type that is a value or a part. Relations are left out, as in REST. */
export function wholeOf(schema: GraphQLSchema, typeName: string): string {
  const type = schema.getType(typeName);
  if (!(type instanceof GraphQLObjectType)) throw new Error(`${typeName} is no object type.`);
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    if (isLeafType(named)) return [field.name];
    const part = schema.getType(`${named.name}Input`) !== undefined && !named.name.endsWith('Connection');
    return part ? [`${field.name} ${wholeOf(schema, named.name)}`] : [];
  });
  return `{ ${fields.join(' ')} }`;
}
