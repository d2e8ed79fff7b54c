import type { Type } from '@nestjs/common';
import { holdsScope } from '../actor/actor.js';
import type { Actor } from '../actor/actor.js';
import { guardReading, guardedResources } from '../contract/resources.js';

/** What a field of the query type reads, and the scope it needs. */
export interface RootRead {
  /** A page, the row of the argument `id`, or the row whose id is the account's own. */
  readonly kind: 'page' | 'one' | 'own';
  readonly type: Type;
  readonly scope: string;
}

const reads = new Map<string, RootRead>();

/**
 * Says that a field of the query type answers with the projection of a type and nothing else, so that the text lane may
 * answer it without its resolver. A resolver with rules of its own must not be registered.
 */
export function registerRootRead(field: string, read: RootRead): void {
  reads.set(field, read);
  guardReading(read.type, read.scope);
}

export function rootReadOf(field: string): RootRead | undefined {
  return reads.get(field);
}

/** The types whose rows this actor may read by their ids alone: those that some field offers, within its scopes. */
export function readableTypes({ scopes: held }: Pick<Actor, 'scopes'>): readonly Type[] {
  return [...guardedResources()].filter(([, scope]) => holdsScope(held, scope)).map(([type]) => type);
}
