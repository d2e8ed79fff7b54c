import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/actor/actor.js';
import { ACTORS } from '../../platform/auth/authenticator.js';
import { merged, updated } from '../../platform/database/changes.js';
import { Database } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { Problem } from '../../platform/errors/problem.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { ObjectView } from '../../platform/projection/view.js';
import { Account } from './account.entity.js';
import { accountEvents } from './account.events.js';
import type { UpdateAccountInput } from './account.inputs.js';
import { whoAsks } from './accounts.sql.js';
import type { Me } from './me.shape.js';

/** A reaction of another feature to changed settings, inside the transaction that changes them. */
export type SettingsChanged = (tx: Tx, before: Account, after: Account) => Promise<void>;

/** The account of the request, and its settings. */
@Injectable()
export class AccountsService {
  private readonly listeners: SettingsChanged[] = [];

  constructor(private readonly database: Database) {}

  one(actor: Actor, view: ObjectView): Promise<JsonText> {
    return this.database.rows(Account, actor).one(actor.accountId, view);
  }

  /** Any key may read its own account and key. */
  async me(actor: Actor): Promise<Me> {
    const [found] = await this.database.read<Omit<Me, 'scopes'>>(actor, whoAsks(actor.accountId, actor.keyId));
    if (!found) throw Problem.notFound('account', actor.accountId);
    return { ...found, scopes: [...actor.scopes] };
  }

  async update(actor: Actor, input: UpdateAccountInput, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      const before = await tx.find(Account, actor.accountId);
      const after = merged(before, input);
      checkQuietHours(after);
      checkOpenFrom(after);
      const applied = await tx.apply(updated(Account, actor.accountId, input, accountEvents.updated), view);
      if (applied.changed) for (const changed of this.listeners) await changed(tx, before, after);
      tx.wake(ACTORS);
      return applied.json;
    });
  }

  /** Registers a feature that depends on the settings: its function runs in the transaction that changes them. */
  whenSettingsChange(changed: SettingsChanged): void {
    this.listeners.push(changed);
  }
}

function checkQuietHours({ quietFrom, quietUntil }: Account): void {
  if ((quietFrom === null) !== (quietUntil === null))
    throw Problem.field('/quietUntil', 'bothOrNone', 'Give quietFrom and quietUntil together, or null for both.');
  if (quietFrom !== null && quietFrom === quietUntil)
    throw Problem.field(
      '/quietUntil',
      'notEqual',
      'quietUntil must differ from quietFrom: quiet hours cannot cover the whole day.',
    );
}

/** What becomes due after that day must lie within the supported years. */
function checkOpenFrom({ openFrom }: Account): void {
  if (openFrom !== null && openFrom >= '2100')
    throw Problem.field('/openFrom', 'outOfYears', 'openFrom must be before the year 2100.');
}
