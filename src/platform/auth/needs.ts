import { SetMetadata, createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Actor } from './actor.js';

export const SCOPE = 'kith:scope';
/** The scope of what anyone may ask, without a key. */
export const OPEN = 'open';

/** What both faces know of a request. */
export interface Request {
  readonly id: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  actor?: Actor;
}

/** The scope a caller's key must carry, `noun:read` or `noun:write`. A method without one does not start. */
export const Needs = (scope: `${string}:${'read' | 'write'}`): MethodDecorator & ClassDecorator =>
  SetMetadata(SCOPE, scope);

/** Anyone may ask: health and the pages for people. */
export const Open = (): MethodDecorator & ClassDecorator => SetMetadata(SCOPE, OPEN);

/** The actor of the request, on either face. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = requestOf(context);
  if (!actor) throw new Error('The guard did not run before this method.');
  return actor;
});

export function requestOf(context: ExecutionContext): Request {
  if (context.getType<'http' | 'graphql'>() === 'http') return context.switchToHttp().getRequest<Request>();
  return GqlExecutionContext.create(context).getContext<{ req: Request }>().req;
}
