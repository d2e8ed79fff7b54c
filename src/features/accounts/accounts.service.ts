import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/auth/actor.js';
import { updated } from '../../platform/database/changes.js';
import { Database } from '../../platform/database/database.js';
import { Wakeups } from '../../platform/database/wakeups.js';
import type { Json } from '../../platform/projection/json.js';
import type { ObjectView } from '../../platform/projection/view.js';
import { Account } from './account.entity.js';
import { accountEvents } from './account.events.js';
import type { UpdateAccountInput } from './account.inputs.js';

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
