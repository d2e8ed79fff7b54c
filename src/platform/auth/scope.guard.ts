import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Problem } from '../errors/problem.js';
import { holdsScope } from './actor.js';
import type { Actor } from './actor.js';
import { Authenticator } from './authenticator.js';
import { OPEN, SCOPE, requestOf } from './needs.js';
import type { Request } from './needs.js';

const CHALLENGE = { 'www-authenticate': 'Bearer realm="kith"' };

/** Stands before every route and every resolver; what names no scope is closed. */
@Injectable()
export class ScopeGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const scope = this.reflector.getAllAndOverride<string | undefined>(SCOPE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (scope === OPEN) return true;
    const request = requestOf(context);
    const actor = request.actor ?? (await this.identify(request));
    request.actor = actor;
    if (scope && holdsScope(actor.scopes, scope)) return true;
    throw new Problem('forbidden', `This key lacks the scope ${scope ?? '(none is offered here)'}.`);
  }

  private async identify(request: Request): Promise<Actor> {
    const { authorization } = request.headers;
    const token =
      typeof authorization === 'string' ? /^Bearer +([\x21-\x7e]{1,512})$/i.exec(authorization)?.[1] : undefined;
    if (!token) throw new Problem('unauthenticated', 'Send a key: `Authorization: Bearer kith_…`.', [], CHALLENGE);
    const actor = await this.authenticator.authenticate(token);
    if (!actor) throw new Problem('unauthenticated', 'This key is unknown, expired or revoked.', [], CHALLENGE);
    return actor;
  }
}
