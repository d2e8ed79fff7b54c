import { Injectable } from '@nestjs/common';
import { newId } from '../../../kit/ids.js';
import type { Actor } from '../../../platform/actor/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { inserted, removed, updated } from '../../../platform/database/changes.js';
import { Database } from '../../../platform/database/database.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import { wholeView } from '../../../platform/projection/projection.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { ReadService } from '../../../platform/resources/resource-service.js';
import { refuseMore } from '../../../platform/database/at-most.js';
import { GithubHook } from './github-hook.entity.js';
import type { GithubHookWithSecret } from './github-hook.entity.js';
import type { CreateGithubHookInput, RotateGithubHookInput, UpdateGithubHookInput } from './github-hook.inputs.js';
import { countHooks, lockHooks } from './github-hooks.sql.js';
import { rotatedSecret } from './hook-secrets.js';

const MOST_HOOKS = 50;

/** The addresses of an account to which GitHub delivers. */
@Injectable()
export class GithubHooksService extends ReadService {
  constructor(
    database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {
    super(database, GithubHook);
  }

  async make(actor: Actor, input: CreateGithubHookInput): Promise<GithubHookWithSecret> {
    const id = newId();
    const { secret, secrets } = rotatedSecret(this.config.keyRing, id, [], { now: this.clock.now(), keepsOld: false });
    const made = inserted(GithubHook, { ...input, id, secrets, keyId: actor.keyId }, null);
    const { json } = await this.database.write(actor, async (tx) => {
      await tx.run(lockHooks(actor.accountId));
      const bound = { most: MOST_HOOKS, what: 'GitHub hooks', pointer: '' };
      await refuseMore(tx, countHooks(actor.accountId), bound);
      return tx.apply(made, wholeView(GithubHook));
    });
    return this.shown(json, secret);
  }

  async update(actor: Actor, id: string, input: UpdateGithubHookInput, view: ObjectView): Promise<JsonText> {
    return (await this.database.apply(actor, updated(GithubHook, id, input, null), view)).json;
  }

  /** The address answers nothing from now on, in every process, because none caches it. */
  async remove(actor: Actor, id: string): Promise<JsonText> {
    return (await this.database.apply(actor, removed(GithubHook, id, null))).json;
  }

  /** The hook is of this key from now on. */
  rotate(actor: Actor, id: string, { keepsOld = true }: RotateGithubHookInput): Promise<GithubHookWithSecret> {
    return this.database.write(actor, async (tx) => {
      const hook = await tx.find(GithubHook, id);
      const { secret, secrets } = rotatedSecret(this.config.keyRing, id, hook.secrets, {
        now: this.clock.now(),
        keepsOld,
      });
      const change = updated(GithubHook, id, { secrets, keyId: actor.keyId }, null);
      return this.shown((await tx.apply(change, wholeView(GithubHook))).json, secret);
    });
  }

  private shown(json: JsonText, secret: string): GithubHookWithSecret {
    const hook = JSON.parse(json.text) as GithubHook;
    return { ...hook, url: `${this.config.publicUrl}/v1/inbound/github/${hook.id}`, secret };
  }
}
