import type { Statement } from '../database/tx.js';
import { untroubled, whoseAccounts } from '../jobs/failures.sql.js';
import { accountsOf } from '../jobs/shared-job.js';
import type { Portion, Wanted } from '../jobs/shared-job.js';

export const FORGET_ANSWERS = 'forget kept answers';

/** Among so many the accounts are looked for whose answers are deleted in parts. */
const OLDEST = 10_000;

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

/** A condition on the kept answer `k`: its time is over. */
const EXPIRED = `k.answered_at < coalesce($1::timestamptz, now()) - make_interval(hours => ${KEPT_HOURS})`;

/** Deletes some expired answers, of some accounts or of all of which nothing is set aside, and returns how many. */
export function forgetExpired(now: Date | null, most: number, portions?: readonly Portion[]): Statement {
  const whose = portions ? 'k.account_id = any($3::uuid[])' : untroubled(FORGET_ANSWERS, 'k.account_id');
  return {
    text: `with old as (select k.account_id, k.key from kept_answers k
        where ${EXPIRED} and ${whose} order by k.answered_at limit $2 for update skip locked),
      gone as (delete from kept_answers k using old where k.account_id = old.account_id and k.key = old.key returning 1)
      select count(*)::int as gone from gone`,
    values: [now, most, ...(portions ? [accountsOf(portions)] : [])],
  };
}

/** Accounts with expired answers, among the oldest answers. */
export function findExpired(now: Date | null, wanted: Wanted): Statement {
  return {
    text: `select distinct old.account_id as "accountId", old.account_id as id from (
        select k.account_id from kept_answers k where ${EXPIRED} and ${whoseAccounts(FORGET_ANSWERS, 'k.account_id', wanted, '$4')}
        order by k.answered_at limit $2) old
      order by 1 limit $3`,
    values: [now, OLDEST, wanted.most, ...(wanted.accountId === null ? [] : [wanted.accountId])],
  };
}
