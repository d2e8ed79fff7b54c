import { Injectable } from '@nestjs/common';
import { newId } from '../../kit/ids.js';
import { Database } from '../../platform/database/database.js';
import { localTimeZone } from './account.entity.js';
import { openAccount, openInstallation } from './accounts.sql.js';
import { newKeySecret } from './key-secret.js';

/** Makes accounts: the first by itself, others by the operator's command. */
@Injectable()
export class InstallationService {
  constructor(private readonly database: Database) {}

  /** The first key of a new installation, or null when there is an account already. It is not kept anywhere. */
  async open(): Promise<string | null> {
    const { secret, ...key } = freshKey();
    const made = await this.database.system(
      openInstallation({ id: newId(), name: 'My career', timeZone: localTimeZone() }, key),
    );
    return made.length > 0 ? secret : null;
  }

  /** A further account's first key. */
  async addAccount(name: string, timeZone: string): Promise<{ accountId: string; secret: string }> {
    const { secret, ...key } = freshKey();
    const accountId = newId();
    await this.database.system(openAccount({ id: accountId, name, timeZone }, key));
    return { accountId, secret };
  }
}

function freshKey(): { id: string; prefix: string; hash: Buffer; secret: string } {
  const { secret, prefix, secretHash } = newKeySecret();
  return { id: newId(), prefix, hash: secretHash, secret };
}
