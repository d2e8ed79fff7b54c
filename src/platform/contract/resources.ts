import type { Type } from '@nestjs/common';

/** The names of a resource in the API. */
export interface ResourceName {
  readonly type: Type;
  readonly description: string;
  /** Singular, such as `thing`: used in event names, problems and fields of payloads. */
  readonly noun: string;
  /** Plural, such as `things`: used in addresses, scopes and list fields. */
  readonly plural: string;
  /** Whether deleted rows can be listed and restored. */
  readonly restorable: boolean;
}

const resources = new Map<Type, ResourceName>();

export function registerResource(
  type: Type,
  description: string,
  { plural, restorable = false }: { plural?: string; restorable?: boolean },
): void {
  const noun = type.name.charAt(0).toLowerCase() + type.name.slice(1);
  resources.set(type, { type, description, noun, plural: plural ?? `${noun}s`, restorable });
}

export function resourceName(type: Type): ResourceName {
  const found = resources.get(type);
  if (!found) throw new Error(`${type.name} is not a resource: give it @Resource().`);
  return found;
}

const readScopes = new Map<Type, string>();

/** Records the scope that reading a resource needs; it also applies when a relation shows the resource. */
export function guardReading(type: Type, scope: string): void {
  readScopes.set(type, scope);
}

/** The scope that reads a resource; null for one that is only part of others and needs their scope. */
export function readScopeOf(type: Type): string | null {
  return readScopes.get(type) ?? null;
}

/** Every resource that some field offers, with the scope that reading it needs. */
export function guardedResources(): ReadonlyMap<Type, string> {
  return readScopes;
}

export function allResources(): readonly ResourceName[] {
  return [...resources.values()];
}
