import type { Type } from '@nestjs/common';

/** How a resource is called in each place it is seen. */
export interface ResourceName {
  readonly type: Type;
  readonly description: string;
  /** `thing`: event names, problems, payload fields. */
  readonly noun: string;
  /** `things`: addresses, scopes, list fields. */
  readonly plural: string;
  /** Can deleted rows be looked at and brought back? */
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

/** Notes the scope that reading a resource needs, wherever it is shown: a relation is no way around it. */
export function guardReading(type: Type, scope: string): void {
  readScopes.set(type, scope);
}

/** The scope that shows a resource; null for one that no field offers by itself, which belongs to what shows it. */
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
