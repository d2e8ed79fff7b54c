import type { Type } from '@nestjs/common';
import type { Actor } from '../actor/actor.js';
import { Problem } from '../errors/problem.js';
import type { Json } from '../projection/json.js';
import type { ObjectView, PageView } from '../projection/view.js';

/** Which verbs a resource offers on both faces; reading is always offered. */
export interface Offered<C extends object = object, U extends object = object> {
  readonly create?: Type<C>;
  readonly update?: Type<U>;
  readonly remove?: boolean;
  /** The noun of its scopes, when it is not the resource's own plural. */
  readonly scope?: string;
}

/** What a face calls: reading always, the rest where it is offered. */
export interface Serves<C extends object = object, U extends object = object> {
  page(actor: Actor, view: PageView): Promise<Json>;
  one(actor: Actor, id: string, view: ObjectView): Promise<Json>;
  create?(actor: Actor, input: C, view: ObjectView): Promise<Json>;
  update?(actor: Actor, id: string, input: U, view: ObjectView): Promise<Json>;
  remove?(actor: Actor, id: string): Promise<Json>;
  restore?(actor: Actor, id: string, view: ObjectView): Promise<Json>;
}

/** A verb was offered that the service does not have. */
export function notOffered(): never {
  throw new Problem('method_not_allowed', 'This is not offered here.');
}
