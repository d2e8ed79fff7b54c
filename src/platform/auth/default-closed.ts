import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { SCOPE } from './needs.js';

/** Where Nest marks a route and a resolver. */
export const ROUTE = 'path';
export const RESOLVER = 'graphql:resolver_type';

/** Refuses to start while a route or resolver names no scope. */
@Injectable()
export class DefaultClosed implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onApplicationBootstrap(): void {
    const wrappers = [...this.discovery.getControllers(), ...this.discovery.getProviders()];
    const open = wrappers.flatMap(({ metatype }) => (typeof metatype === 'function' ? this.unguarded(metatype) : []));
    if (open.length > 0) throw new Error(`These name no scope; give each @Needs() or @Open(): ${open.join(', ')}`);
  }

  private unguarded(type: object & { readonly name: string; readonly prototype?: unknown }): string[] {
    const { prototype } = type as { prototype?: Record<string, unknown> };
    if (!prototype || Reflect.hasMetadata(SCOPE, type)) return [];
    return this.scanner
      .getAllMethodNames(prototype)
      .filter((name) => {
        const method = prototype[name] as object;
        return (
          (Reflect.hasMetadata(ROUTE, method) || Reflect.hasMetadata(RESOLVER, method)) &&
          !Reflect.hasMetadata(SCOPE, method)
        );
      })
      .map((name) => `${type.name}.${name}`);
  }
}
