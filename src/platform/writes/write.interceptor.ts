import { createHash } from 'node:crypto';
import { Injectable, SetMetadata } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor, Type } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import { responsePathAsArray } from 'graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { from, lastValueFrom } from 'rxjs';
import type { Observable } from 'rxjs';
import { isId } from '../../kit/ids.js';
import type { Actor } from '../actor/actor.js';
import { scopeOf, writes } from '../auth/needs.js';
import { replyOf, requestOf } from '../auth/request.js';
import { Database } from '../database/database.js';
import { Problem } from '../errors/problem.js';
import { Idempotency } from './idempotency.js';
import type { IdempotentRequest } from './idempotency.js';
import { Preconditions, versionsOf } from './preconditions.js';
import type { Precondition } from './preconditions.js';

const SUBJECT = 'kith:subject';
const KEY = /^[\x21-\x7e]{1,255}$/;

/** Declares the resource of a write, whose version may be a precondition. */
export const Concerns = (type: Type): MethodDecorator => SetMetadata(SUBJECT, type);

interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * Wraps every method of both faces and passes on those that only read. With an idempotency key or an expected version it opens a unit of work, whose parts
 * are committed together: the check of the version, the write, and the kept answer.
 */
@Injectable()
export class WriteInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly preconditions: Preconditions,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (!writes(scopeOf(this.reflector, context))) return next.handle();
    const repeatable = idempotentRequest(context);
    const precondition = this.preconditionOf(context);
    if (!repeatable && !precondition) return next.handle();
    return from(this.unit(context, next, repeatable, precondition));
  }

  private async unit(
    context: ExecutionContext,
    next: CallHandler,
    repeatable: IdempotentRequest | null,
    precondition: Precondition | null,
  ): Promise<unknown> {
    const request = requestOf(context);
    const actor = actorOf(request.actor);
    try {
      return await this.database.together(actor, async (within) => {
        const known = repeatable && (await this.idempotency.find(within, repeatable));
        if (known) {
          replyOf(context).header('idempotency-replayed', 'true');
          return known.answer;
        }
        if (precondition) await this.preconditions.check(within, precondition);
        request.actor = within;
        const answer: unknown = await lastValueFrom(next.handle());
        if (repeatable) await this.idempotency.keep(within, repeatable, answer);
        return answer;
      });
    } finally {
      request.actor = actor;
    }
  }

  private preconditionOf(context: ExecutionContext): Precondition | null {
    const type = this.reflector.get<Type<{ id: string }> | undefined>(SUBJECT, context.getHandler());
    if (!type) return null;
    const { id, versions } =
      context.getType<'http' | 'graphql'>() === 'http' ? expectedByHttp(context) : expectedByGraphql(context);
    if (versions === null) return null;
    const subject = id ?? actorOf(requestOf(context).actor).accountId;
    return isId(subject) ? { type, id: subject, versions } : null;
  }
}

interface Expected {
  readonly id: string | undefined;
  readonly versions: readonly number[] | 'any' | null;
}

function expectedByHttp(context: ExecutionContext): Expected {
  const given = requestOf(context).headers['if-match'];
  const { params } = context.switchToHttp().getRequest<HttpRequest>();
  return { id: params.id, versions: typeof given === 'string' ? versionsOf(given) : null };
}

function expectedByGraphql(context: ExecutionContext): Expected {
  const { id, ifVersion } = GqlExecutionContext.create(context).getArgs<{ id?: string; ifVersion?: number }>();
  return { id, versions: typeof ifVersion === 'number' ? [ifVersion] : null };
}

function idempotentRequest(context: ExecutionContext): IdempotentRequest | null {
  const key = requestOf(context).headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw Problem.field('Idempotency-Key', 'isKey', 'Idempotency-Key takes 1 to 255 visible ASCII characters.');
  }
  return context.getType<'http' | 'graphql'>() === 'http' ? askedByHttp(context, key) : askedByGraphql(context, key);
}

function askedByHttp(context: ExecutionContext, key: string): IdempotentRequest {
  const { method, url, body } = context.switchToHttp().getRequest<HttpRequest>();
  return { key, asked: [method, url, Buffer.isBuffer(body) ? hashOf(body) : (body ?? null)] };
}

/** A file is compared by its hash: as JSON it would be four times as long. */
function hashOf(file: Buffer): string {
  return createHash('sha256').update(file).digest('hex');
}

/** The fields of one operation share the header, so each gets its own key. */
function askedByGraphql(context: ExecutionContext, key: string): IdempotentRequest {
  const info = GqlExecutionContext.create(context).getInfo<GraphQLResolveInfo>();
  const { req } = GqlExecutionContext.create(context).getContext<{ req: { body: unknown } }>();
  return { key: `${key} ${responsePathAsArray(info.path).join('.')}`, asked: [req.body] };
}

function actorOf(actor: Actor | undefined): Actor {
  if (!actor) throw new Error('The guard did not run before this write.');
  return actor;
}
