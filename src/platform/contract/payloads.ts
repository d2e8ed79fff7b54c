import type { Type } from '@nestjs/common';
import { Field, ObjectType } from '@nestjs/graphql';
import { namedClass } from './filters.js';
import { resourceName } from './resources.js';

const payloads = new Map<Type, Type>();

/** The result type of a mutation: the resource under its noun. */
export function payloadOf(type: Type): Type {
  const known = payloads.get(type);
  if (known) return known;
  const { noun } = resourceName(type);
  const made = namedClass(`${type.name}Payload`);
  payloads.set(type, made);
  ObjectType(made.name, { description: `The result of a change of a ${noun}.` })(made);
  Field(() => type, { description: 'The resource, after the change.' })(made.prototype as object, noun);
  return made;
}
