import type { Actor } from '../auth/actor.js';
import type { Json } from '../projection/json.js';
import type { ObjectView, PageView } from '../projection/view.js';
import { notOffered } from './offered.js';
import type { Serves } from './offered.js';

/** What both faces of a resource say to its service. Each dresses these methods in its own way. */
export abstract class ResourceFace<C extends object, U extends object, S extends Serves<C, U>> {
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

export const VERBS = ['page', 'one', 'create', 'update', 'remove'] as const;
