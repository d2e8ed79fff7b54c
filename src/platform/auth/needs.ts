import { SetMetadata, createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { Actor } from '../actor/actor.js';
import { requestOf } from './request.js';

export const SCOPE = 'kith:scope';
/** The scope of methods that need no key. */
export const OPEN = 'open';
/** The scope of methods that every valid key may call; the answer depends on its scopes. */
export const ANY_KEY = 'any';

/** The scope that a caller's key must have, `noun:read` or `noun:write`. The program does not start while a method has none. */
export const Needs = (scope: `${string}:${'read' | 'write'}`): MethodDecorator & ClassDecorator =>
  SetMetadata(SCOPE, scope);

/** The scope that a method or its class declares. */
export function scopeOf(reflector: Reflector, context: ExecutionContext): string | undefined {
  return reflector.getAllAndOverride<string | undefined>(SCOPE, [context.getHandler(), context.getClass()]);
}

/** Whether a method with this scope changes anything. */
export function writes(scope: string | undefined): boolean {
  return scope?.endsWith(':write') ?? false;
}

/** No key is needed: health and the pages for people. */
export const Open = (): MethodDecorator & ClassDecorator => SetMetadata(SCOPE, OPEN);

/** Every valid key may call this; what it sees depends on its scopes. */
export const NeedsAnyKey = (): MethodDecorator & ClassDecorator => SetMetadata(SCOPE, ANY_KEY);

/** The actor of the request, on either face. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = requestOf(context);
  if (!actor) throw new Error('The guard did not run before this method.');
  return actor;
});
