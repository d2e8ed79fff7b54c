import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import { responsePathAsArray } from 'graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { from, lastValueFrom } from 'rxjs';
import type { Observable } from 'rxjs';
import { isId } from '../../kit/ids.js';
import { isSafeText } from '../../kit/text.js';
import type { Actor } from '../actor/actor.js';
import { scopeOf, writes } from '../auth/needs.js';
import { replyOf, requestOf } from '../auth/request.js';
import { Database } from '../database/database.js';
import { Problem } from '../errors/problem.js';
import { Idempotency } from './idempotency.js';
import type { IdempotentRequest } from './idempotency.js';
import { strongVersions, weakVersions } from '../../kit/entity-tags.js';
import { Preconditions } from './preconditions.js';
import type { Precondition, Target } from './preconditions.js';
import { SUBJECT } from './subjects.js';
import type { Subject } from './subjects.js';

const KEY = /^[\x21-\x7e]{1,255}$/;

/** A unit would stay open for as long as the sender likes, and everybody's log with it. */
const NO_HEADERS =
  'This takes neither Idempotency-Key nor If-Match nor If-None-Match: the file is read while it arrives. Sent again, it is refused if the first one was applied.';

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
    const precondition = preconditionOf(context);
    if (!repeatable && !precondition) return next.handle();
    if (takesStream(context)) throw new Problem('invalid_input', NO_HEADERS);
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
        const target = this.targetOf(context, within);
        if (precondition && target !== undefined) await this.preconditions.check(within, target, precondition);
        request.actor = within;
        const answer: unknown = await lastValueFrom(next.handle());
        if (repeatable) await this.idempotency.keep(within, repeatable, answer);
        return answer;
      });
    } finally {
      request.actor = actor;
    }
  }

  /** Null if the write is about nothing that exists; undefined if what it names cannot exist, which the check of its arguments refuses. */
  private targetOf(context: ExecutionContext, { accountId }: Actor): Target | undefined {
    const subject = this.reflector.get<Subject | undefined>(SUBJECT, context.getHandler());
    if (!subject || subject.by === 'nothing') return null;
    const { type } = subject;
    const { id = '', source = '', externalId = '' } = placesOf(context);
    if (subject.by === 'name')
      return isSafeText(source + externalId) ? { type, name: { source, externalId } } : undefined;
    if (subject.by === 'account') return { type, id: accountId };
    return isId(id) ? { type, id, trashed: subject.by === 'trashed id' } : undefined;
  }
}

function takesStream(context: ExecutionContext): boolean {
  if (context.getType<'http' | 'graphql'>() === 'graphql') return false;
  return context.switchToHttp().getRequest<HttpRequest>().body instanceof Readable;
}

/** The arguments that say which resource is meant: of the address, or of the mutation. */
function placesOf(context: ExecutionContext): { id?: string; source?: string; externalId?: string } {
  if (context.getType<'http' | 'graphql'>() === 'graphql') return GqlExecutionContext.create(context).getArgs();
  return context.switchToHttp().getRequest<HttpRequest>().params;
}

function preconditionOf(context: ExecutionContext): Precondition | null {
  const isHttp = context.getType<'http' | 'graphql'>() === 'http';
  const { match, noneMatch } = isHttp ? expectedByHttp(context) : expectedByGraphql(context);
  return match || noneMatch ? { match, noneMatch } : null;
}

function expectedByHttp(context: ExecutionContext): Precondition {
  const { 'if-match': match, 'if-none-match': noneMatch } = requestOf(context).headers;
  return {
    match: match === undefined ? null : strongVersions(String(match)),
    noneMatch: noneMatch === undefined ? null : weakVersions(String(noneMatch)),
  };
}

/** `ifVersion` is `If-Match` with a version, `ifExists` is `If-Match: *` if true and `If-None-Match: *` if false. */
function expectedByGraphql(context: ExecutionContext): Precondition {
  const given = GqlExecutionContext.create(context).getArgs<{ ifVersion?: number | null; ifExists?: boolean | null }>();
  const ifVersion = given.ifVersion ?? null;
  const ifExists = given.ifExists ?? null;
  return {
    match: ifVersion === null ? (ifExists ? 'any' : null) : [ifVersion],
    noneMatch: ifExists === false ? 'any' : null,
  };
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
