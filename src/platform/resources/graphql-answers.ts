import type { Type } from '@nestjs/common';
import { Args, ID, Int, Mutation, Query, TypeMetadataStorage } from '@nestjs/graphql';
import { Needs } from '../auth/needs.js';
import { pageOf, takesPage } from '../contract/pages.js';
import { payloadOf } from '../contract/payloads.js';
import { resourceName } from '../contract/resources.js';
import { registerRead } from './root-reads.js';
import { Concerns } from '../writes/write.interceptor.js';
import { IdPipe } from './id.pipe.js';

/** The id argument of a field about one resource. */
export const ArgId = (name = 'id'): ParameterDecorator =>
  Args(name, { type: () => ID, description: 'Its id.' }, IdPipe);

/** The input object of a mutation; one whose fields may all be left out may be left out itself. */
export const ArgInput = (input: Type, { optional = false } = {}): ParameterDecorator =>
  Args('input', { type: () => input, description: 'What is sent.', ...(optional ? { defaultValue: {} } : {}) });

/** A mutation that answers with the resource in its payload. */
export function Mutates(
  type: Type,
  options: { name: string; needs: `${string}:write`; description: string },
): MethodDecorator {
  const { name, needs, description } = options;
  const payload = payloadOf(type);
  return (target, property, descriptor) => {
    Mutation(() => payload, { name, description: `${description} Scope: \`${needs}\`.` })(target, property, descriptor);
    Needs(needs)(target, property, descriptor);
    if (!/^(create|put)/.test(name)) Binds(type)(target, property, descriptor);
  };
}

/** A mutation of one resource, which may be bound to the version that was read. */
export function Binds(type: Type): MethodDecorator {
  return (target, property, descriptor) => {
    Concerns(type)(target, property, descriptor);
    TypeMetadataStorage.addMethodParamMetadata({
      kind: 'arg',
      name: 'ifVersion',
      description: 'Refuse with `precondition_failed` unless the resource still has this version.',
      target: target.constructor,
      methodName: String(property),
      typeFn: () => Int as unknown as Type,
      index: 200,
      options: { nullable: true },
    });
  };
}

/** A query that answers with a page, with the arguments of one. */
export function ListsPage(type: Type, options: { name: string; needs: `${string}:read` }): MethodDecorator {
  const { name, needs } = options;
  const page = pageOf(type);
  return (target, property, descriptor) => {
    Query(() => page, { name, description: `List ${resourceName(type).plural}. Scope: \`${needs}\`.` })(
      target,
      property,
      descriptor,
    );
    Needs(needs)(target, property, descriptor);
    takesPage(target.constructor as Type, String(property), type);
    registerRead(name, { kind: 'page', type, scope: needs });
  };
}

/** A query that answers with one row: the one of its argument `id`, or the one whose id is the account's own. */
export function ReadsOne(
  type: Type,
  options: { name: string; needs: `${string}:read`; own?: boolean; description?: string },
): MethodDecorator {
  const { name, needs, own = false, description = `Read one ${resourceName(type).noun}.` } = options;
  return (target, property, descriptor) => {
    Query(() => type, { name, description: `${description} Scope: \`${needs}\`.` })(target, property, descriptor);
    Needs(needs)(target, property, descriptor);
    registerRead(name, { kind: own ? 'own' : 'one', type, scope: needs });
  };
}
