import { SetMetadata, createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { Actor } from '../actor/actor.js';
import { requestOf } from './request.js';

export const SCOPE = 'kith:scope';
/** The scope of what anyone may ask, without a key. */
export const OPEN = 'open';
/** The scope of what every valid key may ask, and is answered within its scopes. */
export const ANY_KEY = 'any';

/** The scope a caller's key must carry, `noun:read` or `noun:write`. A method without one does not start. */
export const Needs = (scope: `${string}:${'read' | 'write'}`): MethodDecorator & ClassDecorator =>
  SetMetadata(SCOPE, scope);

/** The scope that a method was marked with, by itself or by its class. */
export function scopeOf(reflector: Reflector, context: ExecutionContext): string | undefined {
  return reflector.getAllAndOverride<string | undefined>(SCOPE, [context.getHandler(), context.getClass()]);
}

/** Does a method with this scope change anything? */
export function writes(scope: string | undefined): boolean {
  return scope?.endsWith(':write') ?? false;
}

/** Anyone may ask: health and the pages for people. */
export const Open = (): MethodDecorator & ClassDecorator => SetMetadata(SCOPE, OPEN);

/** Every valid key may ask; what it is shown depends on its scopes. */
export const NeedsAnyKey = (): MethodDecorator & ClassDecorator => SetMetadata(SCOPE, ANY_KEY);

/** The actor of the request, on either face. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = requestOf(context);
  if (!actor) throw new Error('The guard did not run before this method.');
  return actor;
});
