import type { Type } from '@nestjs/common';
import { holdsScope } from '../actor/actor.js';
import { eventNamed } from './catalogue.js';
import { recipesOf } from './recipes.js';
import { guardedResources, resourceName } from './resources.js';

type Data = Readonly<Record<string, unknown>>;

/** The nouns of the resources that these scopes allow to read. */
export function readableNouns(scopes: readonly string[]): string[] {
  return [...guardedResources()].flatMap(([type, scope]) =>
    holdsScope(scopes, scope) ? [resourceName(type).noun] : [],
  );
}

/** Whether the data of an event may hold copies that these scopes do not allow to read. */
export function hidesCopies(scopes: readonly string[], eventType: string): boolean {
  return !scopes.includes('*') && copiesOf(eventNamed(eventType)?.resource ?? null).length > 0;
}

/**
 * The data of an event as these scopes may see it: a copy of another resource, as it was, is null without the scope that reads that
 * resource.
 */
export function seenData<D extends Data | null>(scopes: readonly string[], eventType: string, data: D): D {
  if (data === null || !hidesCopies(scopes, eventType)) return data;
  const readable = readableNouns(scopes);
  const hidden = copiesOf(eventNamed(eventType)?.resource ?? null).filter(({ name, copyOf }) => {
    return data[name] !== undefined && !readable.includes(String(data[copyOf]));
  });
  return hidden.length === 0 ? data : { ...data, ...Object.fromEntries(hidden.map(({ name }) => [name, null])) };
}

function copiesOf(type: Type | null): { name: string; copyOf: string }[] {
  if (!type) return [];
  return [...recipesOf(type)].flatMap(([name, { copyOf }]) => (copyOf === undefined ? [] : [{ name, copyOf }]));
}
