import type { Statement } from '../../../platform/database/tx.js';

/** Lets in one message with this hash at a time: two at once would both find none. */
export function lockSame(accountId: string, sameness: string): Statement {
  return {
    text: `select pg_advisory_xact_lock(hashtextextended('message ' || $1::text || $2, 0))`,
    values: [accountId, sameness],
  };
}

/** What is to be known before a message is kept. */
export interface Before {
  /** The message that came in before; null if it is new. */
  readonly knownId: string | null;
  /** Whether the account keeps what messages say. */
  readonly keepsTexts: boolean;
}

export function beforeKeeping(accountId: string, sameness: string): Statement {
  return {
    text: `select a.keep_message_texts as "keepsTexts",
        (select m.id from messages m where m.account_id = $1 and m.sameness = $2) as "knownId"
      from accounts a where a.account_id = $1`,
    values: [accountId, sameness],
  };
}
