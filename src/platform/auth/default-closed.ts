import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { KnownScopes } from './known-scopes.js';
import { SCOPE } from './needs.js';

/** Where Nest marks a route and a resolver. */
export const ROUTE = 'path';
export const RESOLVER = 'graphql:resolver_type';

/** Refuses to start while a route or resolver names no scope, and collects the scopes that they name. */
@Injectable()
export class DefaultClosed implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly known: KnownScopes,
  ) {}

  onApplicationBootstrap(): void {
    const wrappers = [...this.discovery.getControllers(), ...this.discovery.getProviders()];
    const open = wrappers.flatMap(({ metatype }) => (typeof metatype === 'function' ? this.unguarded(metatype) : []));
    if (open.length > 0) throw new Error(`These name no scope; give each @Needs() or @Open(): ${open.join(', ')}`);
  }

  private unguarded(type: object & { readonly name: string; readonly prototype?: unknown }): string[] {
    const { prototype } = type as { prototype?: Record<string, unknown> };
    if (!prototype) return [];
    const ofClass = this.collected(type);
    return this.scanner
      .getAllMethodNames(prototype)
      .filter((name) => {
        const method = prototype[name] as object;
        const reached = Reflect.hasMetadata(ROUTE, method) || Reflect.hasMetadata(RESOLVER, method);
        return reached && !this.collected(method) && !ofClass;
      })
      .map((name) => `${type.name}.${name}`);
  }

  /** Whether the class or method names a scope. */
  private collected(target: object): boolean {
    const scope = Reflect.getMetadata(SCOPE, target) as string | undefined;
    if (scope !== undefined) this.known.add(scope);
    return scope !== undefined;
  }
}
