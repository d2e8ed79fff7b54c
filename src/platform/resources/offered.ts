import type { Type } from '@nestjs/common';
import type { Actor } from '../actor/actor.js';
import { resourceName } from '../contract/resources.js';
import { Problem } from '../errors/problem.js';
import type { JsonText } from '../projection/json-text.js';
import type { ObjectView, PageView } from '../projection/view.js';

/** The operations that a resource offers on both faces, in addition to reading. */
export interface Offered<C extends object = object, U extends object = object> {
  readonly create?: Type<C>;
  readonly update?: Type<U>;
  readonly remove?: boolean;
  /** The noun of its scopes, if it is not the resource's plural. */
  readonly scope?: string;
}

/** A resource's operations and their scopes; undefined or false means not offered. */
interface Verbs<C, U> {
  readonly read: `${string}:read`;
  readonly write: `${string}:write`;
  readonly create: Type<C> | undefined;
  readonly update: Type<U> | undefined;
  readonly remove: boolean;
  readonly restore: boolean;
  /** By external id: the input is that of a new resource, although it may exist already. */
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

/** Decorates a method if its operation is offered; otherwise it stays a plain method without a route or field. */
export function If<T>(offered: T | undefined, decorate: (offered: T) => MethodDecorator): MethodDecorator {
  return offered ? decorate(offered) : () => undefined;
}

/** The service that a face calls: reading always, the rest if it is offered. */
export interface Serves<C extends object = object, U extends object = object> {
  page(actor: Actor, view: PageView): Promise<JsonText>;
  one(actor: Actor, id: string, view: ObjectView): Promise<JsonText>;
  create?(actor: Actor, input: C, view: ObjectView): Promise<JsonText>;
  update?(actor: Actor, id: string, input: U, view: ObjectView): Promise<JsonText>;
  remove?(actor: Actor, id: string): Promise<JsonText>;
  restore?(actor: Actor, id: string, view: ObjectView): Promise<JsonText>;
}

/** The error for an operation that is offered but that the service does not have. */
export function notOffered(): never {
  throw new Problem('method_not_allowed', 'This is not supported here.');
}
