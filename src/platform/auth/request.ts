import type { ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Actor } from '../actor/actor.js';
import type { SavedQueries } from '../projection/saved-query.js';

/** What both faces know of a request. */
export interface Request {
  readonly id: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  actor?: Actor;
  /** The pending identification: several fields of one operation wait for the same result. */
  identified?: Promise<Actor>;
  /** The saved filters that it names, once they were looked up. */
  saved?: SavedQueries;
}

/** Where both faces set response headers. */
export interface Reply {
  header(name: string, value: string): unknown;
}

export function requestOf(context: ExecutionContext): Request {
  if (context.getType<'http' | 'graphql'>() === 'http') return context.switchToHttp().getRequest<Request>();
  return GqlExecutionContext.create(context).getContext<{ req: Request }>().req;
}

export function replyOf(context: ExecutionContext): Reply {
  if (context.getType<'http' | 'graphql'>() === 'http') return context.switchToHttp().getResponse<Reply>();
  return GqlExecutionContext.create(context).getContext<{ reply: Reply }>().reply;
}
