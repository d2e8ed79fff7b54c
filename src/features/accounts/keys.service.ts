import { Injectable } from '@nestjs/common';
import { newId } from '../../kit/ids.js';
import type { Actor } from '../../platform/actor/actor.js';
import { holdsScope } from '../../platform/actor/actor.js';
import { ACTORS } from '../../platform/auth/authenticator.js';
import { EndedKeys } from '../../platform/auth/ended-keys.js';
import { KnownScopes } from '../../platform/auth/known-scopes.js';
import { Clock } from '../../platform/clock/clock.js';
import { inserted, updated } from '../../platform/database/changes.js';
import { Database } from '../../platform/database/database.js';
import { Problem } from '../../platform/errors/problem.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { ObjectView } from '../../platform/projection/view.js';
import { ReadService } from '../../platform/resources/resource-service.js';
import type { CreateApiKeyInput } from './account.inputs.js';
import { ApiKey } from './api-key.entity.js';
import type { ApiKeyWithSecret } from './api-key.entity.js';
import { newKeySecret } from './key-secret.js';

/** The keys of the account of the request. */
@Injectable()
export class KeysService extends ReadService {
  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly known: KnownScopes,
    private readonly ended: EndedKeys,
  ) {
    super(database, ApiKey);
  }

  /** A key gives only what it has: its own scopes, for as long as it lives itself. */
  async create(actor: Actor, { name, scopes, expiresAt }: CreateApiKeyInput): Promise<ApiKeyWithSecret> {
    this.judgeScopes(actor, scopes);
    const { secret, prefix, secretHash } = newKeySecret();
    const shown = { id: newId(), name, prefix, scopes, expiresAt: withinLife(actor.expiresAt ?? null, expiresAt) };
    await this.database.apply(actor, inserted(ApiKey, { ...shown, secretHash }, null));
    return { ...shown, createdAt: this.clock.now(), secret };
  }

  /** Effective at once in every process: each clears its cache of keys. */
  async revoke(actor: Actor, id: string, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      const key = await tx.find(ApiKey, id);
      const at = key.revokedAt ?? this.clock.now();
      tx.wake(ACTORS);
      await this.ended.revoked(tx, id);
      return (await tx.apply(updated(ApiKey, id, { revokedAt: at }, null), view)).json;
    });
  }

  private judgeScopes(actor: Actor, scopes: readonly string[]): void {
    const unknown = scopes.filter((scope) => !this.known.has(scope));
    if (unknown.length > 0) {
      const detail = `There is no scope ${unknown.join(', ')}. There are: *, ${this.known.all.join(', ')}, and noun:* for both.`;
      throw Problem.field('/scopes', 'unknownScope', detail);
    }
    const excess = scopes.filter((scope) => !holdsAll(actor.scopes, scope));
    if (excess.length === 0) return;
    const detail = `This key cannot give what it does not hold: ${excess.join(', ')}.`;
    throw Problem.field('/scopes', 'excessScope', detail);
  }
}

/** What is not said ends with the maker. */
function withinLife(limit: Date | null, expiresAt: Date | null | undefined): Date | null {
  if (expiresAt === undefined || limit === null) return expiresAt ?? limit;
  if (expiresAt !== null && expiresAt <= limit) return expiresAt;
  const detail = `This key expires at ${limit.toISOString()}, and so must the keys that it makes: leave expiresAt out, or give an earlier time.`;
  throw Problem.field('/expiresAt', 'outlivesMaker', detail);
}

function holdsAll(held: readonly string[], scope: string): boolean {
  if (scope === '*') return held.includes('*');
  const [noun = '', verb] = scope.split(':');
  return verb === '*' ? holdsScope(held, `${noun}:read`) && holdsScope(held, `${noun}:write`) : holdsScope(held, scope);
}
