import { GraphQLObjectType, getNamedType, isLeafType } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { askedFields } from '../../src/platform/contract/recipes.js';
import { allResources } from '../../src/platform/contract/resources.js';

/** Every field of a type that is a value or a part. Relations are left out, as in REST, and so is what REST shows only to whoever asks. */
export function wholeOf(schema: GraphQLSchema, typeName: string): string {
  const type = schema.getType(typeName);
  if (!(type instanceof GraphQLObjectType)) throw new Error(`${typeName} is no object type.`);
  const resource = allResources().find((one) => one.type.name === typeName);
  const asked = resource ? askedFields(resource.type) : [];
  const shown = Object.values(type.getFields()).filter(({ name }) => !asked.includes(name));
  const fields = shown.flatMap((field) => {
    const named = getNamedType(field.type);
    if (isLeafType(named)) return [field.name];
    const part = schema.getType(`${named.name}Input`) !== undefined && !named.name.endsWith('Connection');
    return part ? [`${field.name} ${wholeOf(schema, named.name)}`] : [];
  });
  return `{ ${fields.join(' ')} }`;
}
