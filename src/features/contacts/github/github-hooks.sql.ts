import { CALENDAR_SQL } from '../../../platform/actor/calendar.sql.js';
import type { AccountCalendar } from '../../../platform/actor/actor.js';
import type { Statement } from '../../../platform/database/tx.js';
import type { GithubHook } from './github-hook.entity.js';

/** A hook with its account, as somebody asks for it who is not known yet. */
export interface OpenedHook
  extends AccountCalendar, Pick<GithubHook, 'id' | 'login' | 'addsContacts' | 'keyId' | 'secrets'> {
  readonly accountId: string;
}

/** The hook of an address. It runs before the account is known, so it names none. */
export function hookOfAddress(id: string): Statement {
  return {
    text: `select h.account_id as "accountId", h.id, h.login, h.adds_contacts as "addsContacts", h.key_id as "keyId", h.secrets, ${CALENDAR_SQL}
      from github_hooks h join accounts a on a.id = h.account_id where h.id = $1`,
    values: [id],
  };
}

export function countHooks(accountId: string): Statement {
  return { text: 'select count(*)::int as count from github_hooks where account_id = $1', values: [accountId] };
}

/** Only one transaction of an account makes a hook at a time, so that the count holds. */
export function lockHooks(accountId: string): Statement {
  return {
    text: `select pg_advisory_xact_lock(hashtextextended('github hooks ' || $1::text, 0))`,
    values: [accountId],
  };
}
