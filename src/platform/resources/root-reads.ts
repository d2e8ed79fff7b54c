import type { Type } from '@nestjs/common';
import { holdsScope } from '../actor/actor.js';
import type { Actor } from '../actor/actor.js';
import type { RankedList } from '../contract/ranked-lists.js';
import { guardReading, guardedResources, resourceName } from '../contract/resources.js';

/** What a field of the query type reads, and the scope that it needs. */
export interface RootRead {
  /** A page, the row with the argument `id`, or the account itself. */
  readonly kind: 'page' | 'one' | 'own';
  readonly type: Type;
  readonly scope: string;
  /** Of a page: the ranked list that it is of. */
  readonly list?: RankedList;
}

const reads = new Map<string, RootRead>();

/**
 * Registers a field of the query type that only returns the projection of a type, so that the text lane may
 * answer it without its resolver. A resolver with its own rules must not be registered.
 */
export function registerRootRead(field: string, read: RootRead): void {
  reads.set(field, read);
  guardReading(read.type, read.scope);
}

export function rootReadOf(field: string): RootRead | undefined {
  return reads.get(field);
}

/** The resources that have a list of all their rows, by its name. */
export function listedTypes(): ReadonlyMap<string, Type> {
  const lists = [...reads.values()].filter(({ kind, list }) => kind === 'page' && !list);
  return new Map(lists.map(({ type }) => [resourceName(type).plural, type]));
}

/** The types whose rows this actor may read by id: those that some field offers, within its scopes. */
export function readableTypes({ scopes: held }: Pick<Actor, 'scopes'>): readonly Type[] {
  return [...guardedResources()].filter(([, scope]) => holdsScope(held, scope)).map(([type]) => type);
}
