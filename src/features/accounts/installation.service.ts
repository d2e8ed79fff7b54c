import { Injectable } from '@nestjs/common';
import { newId } from '../../kit/ids.js';
import { holdsScope } from '../../platform/actor/actor.js';
import type { AccountCalendar, Actor } from '../../platform/actor/actor.js';
import { Clock } from '../../platform/clock/clock.js';
import { Problem } from '../../platform/errors/problem.js';
import { Database } from '../../platform/database/database.js';
import { localTimeZone } from './account.entity.js';
import type { NewAccount } from './account.entity.js';
import type { CreateAccountInput } from './account.inputs.js';
import { calendarOf, keyInUse, openAccount, openInstallation, openKey, someAccounts } from './accounts.sql.js';
import { newKeySecret } from './key-secret.js';

/** Creates accounts: the first at the first start, others for the operator. */
@Injectable()
export class InstallationService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The first key of a new installation, or null if there is an account already. The key is not stored. */
  async open(): Promise<string | null> {
    const { secret, ...key } = freshKey();
    const made = await this.database.system(
      openInstallation({ id: newId(), name: 'My career', timeZone: localTimeZone() }, key),
    );
    return made.length > 0 ? secret : null;
  }

  /** Creates another account over the API, with the operator's key. */
  async createAccount(_operator: Actor, { name, timeZone = localTimeZone() }: CreateAccountInput): Promise<NewAccount> {
    const { accountId, secret } = await this.addAccount(name, timeZone);
    return { accountId, name, timeZone, secret };
  }

  /** Creates another account and returns its first key. */
  async addAccount(name: string, timeZone: string): Promise<{ accountId: string; secret: string }> {
    const { secret, ...key } = freshKey();
    const accountId = newId();
    await this.database.system(openAccount({ id: accountId, name, timeZone }, key));
    return { accountId, secret };
  }

  /** Creates another key of an account, for the operator. */
  async addKey(accountId: string | null, name: string, operator = false): Promise<string> {
    const { secret, ...key } = freshKey();
    await this.database.system(openKey(await this.accountOf(accountId), { name, operator }, key));
    return secret;
  }

  /** Whether a key is in use and holds a scope. */
  async keyHolds(accountId: string, keyId: string, scope: string): Promise<boolean> {
    const [key] = await this.database.system<{ scopes: string[]; expiresAt: Date | null }>(keyInUse(accountId, keyId));
    if (!key || (key.expiresAt && key.expiresAt <= this.clock.now())) return false;
    return holdsScope(key.scopes, scope);
  }

  /** The operator acting for an account: the named one, or the only one. */
  async operatorOf(accountId: string | null): Promise<Actor> {
    const id = await this.accountOf(accountId);
    const [calendar] = await this.database.system<AccountCalendar>(calendarOf(id));
    if (!calendar) throw Problem.notFound('account', id);
    return { accountId: id, keyId: null, scopes: ['*'], calendar };
  }

  private async accountOf(accountId: string | null): Promise<string> {
    const accounts = await this.database.system<{ id: string }>(someAccounts(accountId));
    const [only, another] = accounts;
    if (only && !another) return only.id;
    throw new Problem('not_found', only ? 'There are several accounts: name one.' : 'There is no such account.');
  }
}

function freshKey(): { id: string; prefix: string; hash: Buffer; secret: string } {
  const { secret, prefix, secretHash } = newKeySecret();
  return { id: newId(), prefix, hash: secretHash, secret };
}
