import type { Type } from '@nestjs/common';
import type { Actor } from '../actor/actor.js';
import type { ObjectView } from '../projection/view.js';
import type { Operation } from './batch.js';
import { dress } from './dress.js';
import { ResourceFace, VERBS, giveOwnMethods } from './resource-face.js';
import { notOffered } from './offered.js';
import type { Offered, Serves } from './offered.js';
import { restVerbs } from './rest-verbs.js';

/** A controller over a resource's service: list, read, and what else is offered. A feature's controller extends it. */
export abstract class RestFace<C extends object, U extends object, S extends Serves<C, U>> extends ResourceFace<
  C,
  U,
  S
> {
  async remove(actor: Actor, id: string): Promise<void> {
    await (this.service.remove?.(actor, id) ?? notOffered());
  }

  async batch(
    actor: Actor,
    operations: readonly Operation<C, U>[],
    atomic: boolean,
    view: ObjectView,
  ): Promise<{ data: object[] }> {
    return { data: await this.run(actor, operations, atomic, view) };
  }
}

/** The REST face of a resource, with only the verbs that are offered. */
export function restOf<C extends object, U extends object, S extends Serves<C, U> = Serves<C, U>>(
  type: Type,
  offered: Offered<C, U>,
): abstract new (service: S) => RestFace<C, U, S> {
  abstract class Face extends RestFace<C, U, S> {
    protected override readonly plan = { type, update: offered.update ?? (Object as never) };
  }
  giveOwnMethods(Face.prototype, VERBS);
  for (const [verb, clothes] of Object.entries(restVerbs(type, offered))) dress(Face.prototype, verb, clothes);
  return Face;
}
