import type { Statement } from '../database/tx.js';

/** How long an answer is kept for repeated requests. */
export const KEPT_HOURS = 24;

/** The key's lock, until the end of the transaction, unless another request holds it. */
export function lockKey(accountId: string, key: string): Statement {
  return {
    text: `select pg_try_advisory_xact_lock(hashtextextended('kept ' || $1::text || ' ' || $2::text, 0)) as locked`,
    values: [accountId, key],
  };
}

/** The kept answer of the key. A separate statement after the lock: the same statement would not see what the previous holder committed. */
export function keptUnder(accountId: string, key: string, now: Date | null): Statement {
  return {
    text: `select fingerprint, answer from kept_answers where account_id = $1 and key = $2
      and answered_at > coalesce($3::timestamptz, now()) - make_interval(hours => ${KEPT_HOURS})`,
    values: [accountId, key, now],
  };
}

/** Keeps an answer; replaces an expired one with the same key. */
export function keepUnder(
  accountId: string,
  key: string,
  kept: { fingerprint: Buffer; answer: string; now: Date | null },
): Statement {
  return {
    text: `insert into kept_answers (account_id, key, fingerprint, answered_at, answer)
      values ($1, $2, $3, coalesce($5::timestamptz, now()), $4)
      on conflict (account_id, key) do update
        set fingerprint = excluded.fingerprint, answered_at = excluded.answered_at, answer = excluded.answer`,
    values: [accountId, key, kept.fingerprint, kept.answer, kept.now],
  };
}

/** Deletes some expired answers, and returns how many. */
export function forgetExpired(now: Date | null, most: number): Statement {
  return {
    text: `with old as (select account_id, key from kept_answers
        where answered_at < coalesce($1::timestamptz, now()) - make_interval(hours => ${KEPT_HOURS})
        order by answered_at limit $2),
      gone as (delete from kept_answers k using old where k.account_id = old.account_id and k.key = old.key returning 1)
      select count(*)::int as gone from gone`,
    values: [now, most],
  };
}
