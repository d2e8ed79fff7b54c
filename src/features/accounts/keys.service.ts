import { Injectable } from '@nestjs/common';
import { newId } from '../../kit/ids.js';
import type { Actor } from '../../platform/actor/actor.js';
import { holdsScope } from '../../platform/actor/actor.js';
import { ACTORS } from '../../platform/auth/authenticator.js';
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
  ) {
    super(database, ApiKey);
  }

  /** A key can only grant scopes that it has. */
  async create(actor: Actor, input: CreateApiKeyInput): Promise<ApiKeyWithSecret> {
    const excess = input.scopes.filter((scope) => !holdsAll(actor.scopes, scope));
    if (excess.length > 0) {
      throw Problem.field(
        '/scopes',
        'excessScope',
        `This key cannot give what it does not hold: ${excess.join(', ')}.`,
      );
    }
    const { secret, prefix, secretHash } = newKeySecret();
    const [id, expiresAt] = [newId(), input.expiresAt ?? null];
    const values = { id, name: input.name, prefix, scopes: input.scopes, expiresAt, secretHash };
    await this.database.apply(actor, inserted(ApiKey, values, null));
    return { id, name: input.name, prefix, scopes: input.scopes, expiresAt, createdAt: this.clock.now(), secret };
  }

  /** Effective at once in every process: each clears its cache of keys. */
  async revoke(actor: Actor, id: string, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      const key = await tx.find(ApiKey, id);
      const at = key.revokedAt ?? this.clock.now();
      tx.wake(ACTORS);
      return (await tx.apply(updated(ApiKey, id, { revokedAt: at }, null), view)).json;
    });
  }
}

function holdsAll(held: readonly string[], scope: string): boolean {
  if (scope === '*') return held.includes('*');
  const [noun = '', verb] = scope.split(':');
  return verb === '*' ? holdsScope(held, `${noun}:read`) && holdsScope(held, `${noun}:write`) : holdsScope(held, scope);
}
