import { Injectable } from '@nestjs/common';
import { Problem } from '../errors/problem.js';
import type { Actor } from '../actor/actor.js';
import { Authenticator } from './authenticator.js';
import { RateLimits } from './rate-limits.js';
import type { Reply, Request } from './request.js';

const CHALLENGE = { 'www-authenticate': 'Bearer realm="kith"' };
const BEARER = /^Bearer +([\x21-\x7e]{1,512})$/i;

/** Identifies the caller, once a request, and counts the request against the key's rate limit. */
@Injectable()
export class Identification {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly rates: RateLimits,
  ) {}

  /** @throws Problem `unauthenticated` without a valid key, `too_many_requests` when its rate is spent. */
  identify(request: Request, reply: Reply): Promise<Actor> {
    request.identified ??= this.find(request, reply);
    return request.identified;
  }

  private async find(request: Request, reply: Reply): Promise<Actor> {
    const { authorization } = request.headers;
    const token = typeof authorization === 'string' ? BEARER.exec(authorization)?.[1] : undefined;
    if (!token) throw new Problem('unauthenticated', 'Send a key: `Authorization: Bearer kith_…`.', [], CHALLENGE);
    const actor = await this.authenticator.authenticate(token);
    if (!actor) throw new Problem('unauthenticated', 'This key is unknown, expired or revoked.', [], CHALLENGE);
    await this.rates.spend(actor, reply);
    request.actor = actor;
    return actor;
  }
}
