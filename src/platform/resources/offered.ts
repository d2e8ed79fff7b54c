import type { Type } from '@nestjs/common';
import type { Actor } from '../actor/actor.js';
import { resourceName } from '../contract/resources.js';
import { Problem } from '../errors/problem.js';
import type { JsonText } from '../projection/json-text.js';
import type { ObjectView, PageView } from '../projection/view.js';

/** Which verbs a resource offers on both faces; reading is always offered. */
export interface Offered<C extends object = object, U extends object = object> {
  readonly create?: Type<C>;
  readonly update?: Type<U>;
  readonly remove?: boolean;
  /** The noun of its scopes, when it is not the resource's own plural. */
  readonly scope?: string;
}

/** What a resource's methods are, and the scopes they need; undefined or false is not offered. */
interface Verbs<C, U> {
  readonly read: `${string}:read`;
  readonly write: `${string}:write`;
  readonly create: Type<C> | undefined;
  readonly update: Type<U> | undefined;
  readonly remove: boolean;
  readonly restore: boolean;
  /** By the name of another system: what is sent is a new resource, though one may be there already. */
  readonly put: Type<C> | undefined;
  readonly batch: boolean;
}

export function verbsOf<C extends object, U extends object>(type: Type, offered: Offered<C, U>): Verbs<C, U> {
  const { plural, restorable } = resourceName(type);
  const { create, update, remove = false, scope = plural } = offered;
  const batch = Boolean(create ?? update) || remove;
  const put = update && create;
  return {
    read: `${scope}:read`,
    write: `${scope}:write`,
    create,
    update,
    remove,
    restore: remove && restorable,
    put,
    batch,
  };
}

/** Decorates a method if its verb is offered; else it stays a plain method, which no route and no field leads to. */
export function If<T>(offered: T | undefined, decorate: (offered: T) => MethodDecorator): MethodDecorator {
  return offered ? decorate(offered) : () => undefined;
}

/** What a face calls: reading always, the rest where it is offered. */
export interface Serves<C extends object = object, U extends object = object> {
  page(actor: Actor, view: PageView): Promise<JsonText>;
  one(actor: Actor, id: string, view: ObjectView): Promise<JsonText>;
  create?(actor: Actor, input: C, view: ObjectView): Promise<JsonText>;
  update?(actor: Actor, id: string, input: U, view: ObjectView): Promise<JsonText>;
  remove?(actor: Actor, id: string): Promise<JsonText>;
  restore?(actor: Actor, id: string, view: ObjectView): Promise<JsonText>;
}

/** A verb was offered that the service does not have. */
export function notOffered(): never {
  throw new Problem('method_not_allowed', 'This is not supported here.');
}
