import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { RESOLVER, ROUTE } from '../auth/default-closed.js';
import { SCOPE, writes } from '../auth/needs.js';
import { SUBJECT } from './subjects.js';
import type { Subject } from './subjects.js';

/** Where Nest keeps the arguments of a route or resolver, both by their class and method. */
const ARGUMENTS = '__routeArguments__';

/** The arguments by which the resource is found, and those that would name another. */
const NEEDED: Readonly<Record<Subject['by'], readonly string[]>> = {
  id: ['id'],
  'trashed id': ['id'],
  name: ['source', 'externalId'],
  account: [],
  nothing: [],
};
const FORBIDDEN: Readonly<Record<Subject['by'], readonly string[]>> = {
  id: [],
  'trashed id': [],
  name: ['id'],
  account: ['id', 'externalId'],
  nothing: ['id', 'externalId'],
};

type Method = object;
type Class = object & { readonly name: string; readonly prototype?: Readonly<Record<string, Method>> };

/** Refuses to start while a write does not say what it changes: no precondition could bind it. */
@Injectable()
export class BoundWrites implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onApplicationBootstrap(): void {
    const wrappers = [...this.discovery.getControllers(), ...this.discovery.getProviders()];
    const free = wrappers.flatMap(({ metatype }) => (typeof metatype === 'function' ? this.unbound(metatype) : []));
    if (free.length === 0) return;
    throw new Error(
      `These writes do not say which resource a precondition is about; give each @Concerns(Type) for its argument id, or @ConcernsNothing() if it has none: ${free.join(', ')}`,
    );
  }

  private unbound(type: Class): string[] {
    const { prototype } = type;
    if (!prototype) return [];
    return this.scanner
      .getAllMethodNames(prototype)
      .filter((name) => {
        const method = prototype[name];
        return method && isWrite(type, method) && !isBound(type, name, method);
      })
      .map((name) => `${type.name}.${name}`);
  }
}

/** A class can name the scope of all its routes. */
function isWrite(type: Class, method: Method): boolean {
  const routed = Reflect.hasMetadata(ROUTE, method) || Reflect.hasMetadata(RESOLVER, method);
  const scope: unknown = Reflect.getMetadata(SCOPE, method) ?? Reflect.getMetadata(SCOPE, type);
  return routed && typeof scope === 'string' && writes(scope);
}

function isBound(type: Class, name: string, method: Method): boolean {
  const subject = Reflect.getMetadata(SUBJECT, method) as Subject | undefined;
  return (
    subject !== undefined &&
    NEEDED[subject.by].every((argument) => argumentsOf(type, name).includes(argument)) &&
    FORBIDDEN[subject.by].every((argument) => !argumentsOf(type, name).includes(argument))
  );
}

/** The names of a method's arguments in an address or a mutation. */
function argumentsOf(type: Class, name: string): unknown[] {
  const taken = Reflect.getMetadata(ARGUMENTS, type, name) as Record<string, { data?: unknown }> | undefined;
  return Object.values(taken ?? {}).map(({ data }) => data);
}
