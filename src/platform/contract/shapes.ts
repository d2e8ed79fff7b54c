import type { Type } from '@nestjs/common';
import { InputType, ObjectType } from '@nestjs/graphql';
import { playGraphql } from './graphql-types.js';
import { registerSchema } from './json-schema.js';
import { Node } from './node.js';
import { recipesOf } from './recipes.js';
import { registerResource } from './resources.js';
import { playRules } from './rules.js';

/** A thing callers can read: it has a table, an address and both faces' types. */
export function Resource(
  description: string,
  options: { readonly plural?: string; readonly restorable?: boolean } = {},
): ClassDecorator {
  return (target) => {
    const type = target as unknown as Type;
    playShape(type, description, [Node]);
    registerResource(type, description, options);
  };
}

/** Something callers read that has no table of its own: an answer's shape. */
export function Shape(description: string): ClassDecorator {
  return (target) => playShape(target as unknown as Type, description, []);
}

function playShape(type: Type, description: string, interfaces: (typeof Node)[]): void {
  ObjectType(type.name, { description, implements: () => interfaces })(type);
  playGraphql(type, 'out');
  registerSchema(type, 'out', description);
}

/** Something callers send. */
export function Input(description: string): ClassDecorator {
  return (target) => {
    const type = target as unknown as Type;
    InputType(type.name, { description })(target);
    playGraphql(type, 'in');
    registerSchema(type, 'in', description);
    for (const [name, recipe] of recipesOf(type)) playRules(type.prototype as object, name, recipe);
  };
}

/** A part of a resource that is stored inside its row, sent and answered in the same shape. */
export function Part(description: string): ClassDecorator {
  return (target) => {
    const type = target as unknown as Type;
    ObjectType(type.name, { description })(target);
    InputType(`${type.name}Input`, { description })(target);
    playGraphql(type, 'in');
    registerSchema(type, 'in', description);
    for (const [name, recipe] of recipesOf(type)) playRules(type.prototype as object, name, recipe);
  };
}
