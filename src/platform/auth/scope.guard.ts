import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem } from '../errors/problem.js';
import { holdsScope } from '../actor/actor.js';
import { Identification } from './identification.js';
import { ANY_KEY, OPEN, scopeOf } from './needs.js';
import { replyOf, requestOf } from './request.js';

/** Guards every route and every resolver; one that names no scope is closed. */
@Injectable()
export class ScopeGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly identification: Identification,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const scope = scopeOf(this.reflector, context);
    if (scope === OPEN) return true;
    const { scopes } = await this.identification.identify(requestOf(context), replyOf(context));
    if (scope === ANY_KEY) return true;
    if (scope && holdsScope(scopes, scope)) return true;
    throw new Problem('forbidden', `This key lacks the scope ${scope ?? '(no key can have it)'}.`);
  }
}
