import type { Type } from '@nestjs/common';

/** How a resource is called in each place it is seen. */
export interface ResourceName {
  readonly type: Type;
  readonly description: string;
  /** `contact`: event names, problems, payload fields. */
  readonly noun: string;
  /** `contacts`: addresses, scopes, list fields. */
  readonly plural: string;
}

const resources = new Map<Type, ResourceName>();

export function registerResource(type: Type, description: string, plural?: string): void {
  const noun = type.name.charAt(0).toLowerCase() + type.name.slice(1);
  resources.set(type, { type, description, noun, plural: plural ?? `${noun}s` });
}

export function resourceName(type: Type): ResourceName {
  const found = resources.get(type);
  if (!found) throw new Error(`${type.name} is not a resource: give it @Resource().`);
  return found;
}

export function allResources(): readonly ResourceName[] {
  return [...resources.values()];
}
