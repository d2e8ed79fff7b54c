import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/auth/actor.js';
import { updated } from '../../platform/database/changes.js';
import { Database } from '../../platform/database/database.js';
import { Wakeups } from '../../platform/database/wakeups.js';
import { Problem } from '../../platform/errors/problem.js';
import type { Json } from '../../platform/projection/json.js';
import type { ObjectView } from '../../platform/projection/view.js';
import { Account } from './account.entity.js';
import { accountEvents } from './account.events.js';
import type { UpdateAccountInput } from './account.inputs.js';
import { whoAsks } from './accounts.sql.js';
import type { Me } from './me.shape.js';

/** The account that asks, and its settings. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly database: Database,
    private readonly wakeups: Wakeups,
  ) {}

  one(actor: Actor, view: ObjectView): Promise<Json> {
    return this.database.rows(Account, actor).one(actor.accountId, view);
  }

  /** Any key may ask who it is. */
  async me(actor: Actor): Promise<Me> {
    const [found] = await this.database.read<Omit<Me, 'scopes'>>(actor, whoAsks(actor.accountId, actor.keyId));
    if (!found) throw Problem.notFound('account', actor.accountId);
    return { ...found, scopes: [...actor.scopes] };
  }

  async update(actor: Actor, input: UpdateAccountInput, view: ObjectView): Promise<Json> {
    const applied = await this.database.apply(
      actor,
      updated(Account, actor.accountId, input, accountEvents.updated),
      view,
    );
    this.wakeups.signal('accounts', actor);
    return applied.json;
  }
}
