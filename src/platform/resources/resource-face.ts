import { Inject } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { Actor } from '../actor/actor.js';
import { resourceName } from '../contract/resources.js';
import type { Json } from '../projection/json.js';
import type { ObjectView, PageView } from '../projection/view.js';
import { Batches, shownResult } from './batch.js';
import type { Operation } from './batch.js';
import { ExternalIds } from './external-ids.js';
import { notOffered } from './offered.js';
import type { Serves } from './offered.js';

/** What both faces of a resource say to its service. Each dresses these methods in its own way. */
export abstract class ResourceFace<C extends object, U extends object, S extends Serves<C, U>> {
  @Inject(ExternalIds) private readonly names!: ExternalIds;
  @Inject(Batches) private readonly batches!: Batches;

  /** What is offered here, and of which resource. */
  protected readonly plan!: { readonly type: Type; readonly update: Type<U> };

  constructor(protected readonly service: S) {}

  page(actor: Actor, view: PageView): Promise<Json> {
    return this.service.page(actor, view);
  }

  one(actor: Actor, id: string, view: ObjectView): Promise<Json> {
    return this.service.one(actor, id, view);
  }

  create(actor: Actor, input: C, view: ObjectView): Promise<Json> {
    return this.service.create?.(actor, input, view) ?? notOffered();
  }

  update(actor: Actor, id: string, input: U, view: ObjectView): Promise<Json> {
    return this.service.update?.(actor, id, input, view) ?? notOffered();
  }

  restore(actor: Actor, id: string, view: ObjectView): Promise<Json> {
    return this.service.restore?.(actor, id, view) ?? notOffered();
  }

  named(actor: Actor, source: string, externalId: string, view: ObjectView): Promise<Json> {
    return this.names.one(actor, this.plan.type, { source, externalId }, view);
  }

  put(actor: Actor, source: string, externalId: string, input: C, view: ObjectView): Promise<Json> {
    return this.names.put(actor, { ...this.plan, service: this.service, name: { source, externalId }, input, view });
  }

  protected run(
    actor: Actor,
    operations: readonly Operation<C, U>[],
    atomic: boolean,
    view: ObjectView,
  ): Promise<object[]> {
    const { noun } = resourceName(this.plan.type);
    const done = this.batches.run(actor, this.service, { operations, atomic, view });
    return done.then((results) => results.map((result) => shownResult(noun, result)));
  }
}

/** Metadata hangs on a method's function, so each face needs functions of its own, with the same bodies. */
export function giveOwnMethods(own: object, verbs: readonly string[]): void {
  for (const verb of verbs) {
    const body = (own as Record<string, (...given: unknown[]) => unknown>)[verb];
    const value = function sameBody(this: unknown, ...given: unknown[]): unknown {
      return body?.apply(this, given);
    };
    Object.defineProperty(own, verb, { value, writable: true, configurable: true });
  }
}

export const VERBS = ['page', 'one', 'create', 'update', 'remove', 'restore', 'named', 'put', 'batch'] as const;
