import type { Type } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../auth/actor.js';
import { Caller, Needs } from '../auth/needs.js';
import { pageOf, takesPage } from '../contract/pages.js';
import { payloadOf } from '../contract/payloads.js';
import { resourceName } from '../contract/resources.js';
import { SelectedObject, SelectedPage } from '../graphql/selection.js';
import { dress } from './dress.js';
import { ResourceFace, VERBS, giveOwnMethods } from './resource-face.js';
import { IdPipe } from './id.pipe.js';
import { notOffered } from './offered.js';
import type { Offered, Serves } from './offered.js';

/** A resolver over a resource's service, the twin of its REST face. A feature's resolver extends it. */
export abstract class GraphqlFace<C extends object, U extends object, S extends Serves<C, U>> extends ResourceFace<
  C,
  U,
  S
> {
  async remove(actor: Actor, id: string): Promise<string> {
    await (this.service.remove?.(actor, id) ?? notOffered());
    return id;
  }
}

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
  };
}

/** The GraphQL face of a resource, with only the verbs that are offered. */
export function graphqlOf<C extends object, U extends object, S extends Serves<C, U> = Serves<C, U>>(
  type: Type,
  offered: Offered<C, U>,
): abstract new (service: S) => GraphqlFace<C, U, S> {
  @Resolver({ isAbstract: true })
  abstract class Face extends GraphqlFace<C, U, S> {}
  const { noun, plural } = resourceName(type);
  const own = Face.prototype;
  giveOwnMethods(own, VERBS);
  const [read, write] = [`${offered.scope ?? plural}:read`, `${offered.scope ?? plural}:write`] as const;
  dress(own, 'page', {
    method: [ListsPage(type, { name: plural, needs: read })],
    parameters: [Caller(), SelectedPage(type)],
    types: [Object, Object],
  });
  dress(own, 'one', {
    method: [Query(() => type, { name: noun, description: `Read one ${noun}. Scope: \`${read}\`.` }), Needs(read)],
    parameters: [Caller(), ArgId(), SelectedObject(type)],
    types: [Object, String, Object],
  });
  if (offered.create) {
    dress(own, 'create', {
      method: [Mutates(type, { name: `create${type.name}`, needs: write, description: `Make a ${noun}.` })],
      parameters: [Caller(), ArgInput(offered.create), SelectedObject(type)],
      types: [Object, offered.create, Object],
    });
  }
  if (offered.update) {
    dress(own, 'update', {
      method: [Mutates(type, { name: `update${type.name}`, needs: write, description: `Change a ${noun}.` })],
      parameters: [Caller(), ArgId(), ArgInput(offered.update), SelectedObject(type)],
      types: [Object, String, offered.update, Object],
    });
  }
  if (offered.remove) {
    dress(own, 'remove', {
      method: [
        Mutation(() => ID, {
          name: `delete${type.name}`,
          description: `Delete a ${noun}; answers its id. Scope: \`${write}\`.`,
        }),
        Needs(write),
      ],
      parameters: [Caller(), ArgId()],
      types: [Object, String],
    });
  }
  return Face;
}
