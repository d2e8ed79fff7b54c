import type { Type } from '@nestjs/common';
import { Resolver } from '@nestjs/graphql';
import type { Actor } from '../actor/actor.js';
import type { ObjectView } from '../projection/view.js';
import type { Operation } from './batch.js';
import { dress } from './dress.js';
import { graphqlVerbs } from './graphql-verbs.js';
import { ResourceFace, VERBS, giveOwnMethods } from './resource-face.js';
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

  batch(actor: Actor, operations: readonly Operation<C, U>[], atomic: boolean, view: ObjectView): Promise<object[]> {
    return this.run(actor, operations, atomic, view);
  }
}

/** The GraphQL face of a resource, with only the verbs that are offered. */
export function graphqlOf<C extends object, U extends object, S extends Serves<C, U> = Serves<C, U>>(
  type: Type,
  offered: Offered<C, U>,
): abstract new (service: S) => GraphqlFace<C, U, S> {
  @Resolver({ isAbstract: true })
  abstract class Face extends GraphqlFace<C, U, S> {
    protected override readonly plan = { type, update: offered.update ?? (Object as never) };
  }
  giveOwnMethods(Face.prototype, VERBS);
  for (const [verb, clothes] of Object.entries(graphqlVerbs(type, offered))) dress(Face.prototype, verb, clothes);
  return Face;
}
