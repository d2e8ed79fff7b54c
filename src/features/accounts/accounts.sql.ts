import { INSTALLATION } from '../../platform/actor/actor.js';
import { CALENDAR_SQL } from '../../platform/actor/calendar.sql.js';
import type { Statement } from '../../platform/database/tx.js';

/** The valid key of a secret with its account's calendar; records that it was used. */
export function identify(secretHash: Buffer, now: Date | null): Statement {
  return {
    text: `update api_keys k set last_used_at = coalesce($2::timestamptz, now())
      from accounts a
      where k.secret_hash = $1 and k.revoked_at is null and a.id = k.account_id
        and (k.expires_at is null or k.expires_at > coalesce($2::timestamptz, now()))
      returning k.id as "keyId", k.account_id as "accountId", k.scopes, k.expires_at as "expiresAt",
        ${CALENDAR_SQL}`,
    values: [secretHash, now],
  };
}

/** Creates the first account and the operator's key, unless there is an account: two processes that start together create only one. */
export function openInstallation(
  account: { id: string; name: string; timeZone: string },
  key: { id: string; prefix: string; hash: Buffer },
): Statement {
  return {
    text: `with locked as (select pg_advisory_xact_lock(7174111481)),
      fresh as (insert into accounts (account_id, id, created_at, updated_at, name, time_zone)
        select $1, $1, now(), now(), $2, $3 from locked where not exists (select from accounts) returning id)
      insert into api_keys (account_id, id, created_at, updated_at, name, prefix, secret_hash, scopes)
        select id, $4, now(), now(), 'The first key', $5, $6, '{*,${INSTALLATION}:*}' from fresh returning id`,
    values: [account.id, account.name, account.timeZone, key.id, key.prefix, key.hash],
  };
}

/** Another account with its first key. */
export function openAccount(
  account: { id: string; name: string; timeZone: string },
  key: { id: string; prefix: string; hash: Buffer },
): Statement {
  return {
    text: `with fresh as (insert into accounts (account_id, id, created_at, updated_at, name, time_zone)
        values ($1, $1, now(), now(), $2, $3) returning id)
      insert into api_keys (account_id, id, created_at, updated_at, name, prefix, secret_hash, scopes)
        select id, $4, now(), now(), 'The first key', $5, $6, '{*}' from fresh returning id`,
    values: [account.id, account.name, account.timeZone, key.id, key.prefix, key.hash],
  };
}

/** Another key of an account, with every scope, and with those of the installation if it is the operator's. */
export function openKey(
  accountId: string,
  { name, operator }: { name: string; operator: boolean },
  key: { id: string; prefix: string; hash: Buffer },
): Statement {
  return {
    text: `insert into api_keys (account_id, id, created_at, updated_at, name, prefix, secret_hash, scopes)
      values ($1, $2, now(), now(), $3, $4, $5, $6)`,
    values: [accountId, key.id, name, key.prefix, key.hash, operator ? ['*', `${INSTALLATION}:*`] : ['*']],
  };
}

/** The named account, or without a name the first two: which shows whether there is only one. */
export function someAccounts(accountId: string | null): Statement {
  return { text: `select id from accounts where $1::uuid is null or id = $1 order by id limit 2`, values: [accountId] };
}

export function calendarOf(accountId: string): Statement {
  return {
    text: `select ${CALENDAR_SQL} from accounts a where a.account_id = $1 and a.id = $1`,
    values: [accountId],
  };
}

/** The account and the key of a request, as `Me`. */
export function whoAsks(accountId: string, keyId: string | null): Statement {
  return {
    text: `select a.id as "accountId", a.name as "accountName", a.time_zone as "timeZone",
        k.id as "keyId", k.name as "keyName", k.prefix as "keyPrefix"
      from accounts a left join api_keys k on k.account_id = $1 and k.id = $2
      where a.account_id = $1`,
    values: [accountId, keyId],
  };
}

/** A key that was not revoked. */
export function keyInUse(accountId: string, keyId: string): Statement {
  return {
    text: `select scopes, expires_at as "expiresAt" from api_keys where account_id = $1 and id = $2 and revoked_at is null`,
    values: [accountId, keyId],
  };
}
