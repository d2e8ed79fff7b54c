import type { Statement } from '../../database/tx.js';
import { untroubled, whoseAccounts } from '../../jobs/failures.sql.js';
import { accountsOf } from '../../jobs/shared-job.js';
import type { Portion, Wanted } from '../../jobs/shared-job.js';

export const FORGET_EVENTS = 'forget events';

/** Accounts per statement, and events of each: at most 5,000 events in one statement. */
const ACCOUNTS = 20;
const EVENTS = 250;

export interface Forgetting {
  readonly days: number;
  /** Conditions under which the event `e` is still needed. */
  readonly needed: readonly string[];
  readonly now: Date | null;
}

const CUTOFF = `coalesce($1::timestamptz, now()) - make_interval(days => $2)`;

/** Accounts whose oldest remaining event is old enough. */
const dueOf = (whose: string, most: string): string => `
  select p.* from (
    select a.id as account_id, coalesce(f.transaction_id, '0') as transaction_id, coalesce(f.sequence, 0) as sequence
    from accounts a left join forgotten_events f on f.account_id = a.id) p
  cross join lateral (
    select e.occurred_at from events e
    where e.account_id = p.account_id and (e.transaction_id, e.sequence) > (p.transaction_id, p.sequence)
    order by e.transaction_id, e.sequence limit 1) oldest
  where oldest.occurred_at < ${CUTOFF} and ${whose} limit ${most}`;

/** Their next old events, up to the first that is not old. No event is deleted before readers could see it. */
const WALKED = `
  select w.* from due d cross join lateral (
    select e.account_id, e.id, e.transaction_id, e.sequence,
      bool_and(e.occurred_at < ${CUTOFF}) over (order by e.transaction_id, e.sequence) as old
    from (
      select * from events e
      where e.account_id = d.account_id and (e.transaction_id, e.sequence) > (d.transaction_id, d.sequence)
        and e.transaction_id < log_horizon()
      order by e.transaction_id, e.sequence limit ${EVENTS}) e) w
  where w.old`;

/** The position moves past all of them, including those that are kept for now. */
const MOVED = `
  insert into forgotten_events as f (account_id, transaction_id, sequence)
  select distinct on (account_id) account_id, transaction_id, sequence from walked
  order by account_id, transaction_id desc, sequence desc
  on conflict (account_id) do update set transaction_id = excluded.transaction_id, sequence = excluded.sequence
    where (f.transaction_id, f.sequence) < (excluded.transaction_id, excluded.sequence)
  returning 1`;

/**
 * Deletes a bounded number of events that are older than `days`, each account's oldest first, and moves the position up
 * to which the account's log is deleted. An event that is still needed is skipped and deleted later; the log no
 * longer shows it, because the events around it are gone.
 */
export function forgetEvents({ days, needed, now }: Forgetting, portions?: readonly Portion[]): Statement {
  const free = freeOf(needed);
  const whose = (account: string): string =>
    portions ? `${account} = any($3::uuid[])` : untroubled(FORGET_EVENTS, account);
  return {
    text: `with due as materialized (${dueOf(whose('p.account_id'), String(ACCOUNTS))}), walked as materialized (${WALKED}), moved as (${MOVED}),
      left_over as (
        select l.* from forgotten_events f cross join lateral (
          select e.account_id, e.id from events e
          where e.account_id = f.account_id and (e.transaction_id, e.sequence) <= (f.transaction_id, f.sequence)
            and ${free}
          limit ${EVENTS}) l
        where ${whose('f.account_id')} limit ${EVENTS}),
      gone as (
        delete from events e using (select account_id, id from walked union select account_id, id from left_over) w
        where e.account_id = w.account_id and e.id = w.id and ${free}
        returning 1)
      select (select count(*) from walked)::int as walked, (select count(*) from gone)::int as deleted`,
    values: [now, days, ...(portions ? [accountsOf(portions)] : [])],
  };
}

/** Accounts with events to delete: old ones, and those that were still needed when others of their time were deleted. */
export function findOldEvents({ days, needed, now }: Forgetting, wanted: Wanted): Statement {
  const whose = (account: string): string => whoseAccounts(FORGET_EVENTS, account, wanted, '$4');
  return {
    text: `select account_id as "accountId", account_id as id from (
        (select d.account_id from (${dueOf(whose('p.account_id'), '$3')}) d)
        union
        (select f.account_id from forgotten_events f where ${whose('f.account_id')} and exists (select from events e
          where e.account_id = f.account_id and (e.transaction_id, e.sequence) <= (f.transaction_id, f.sequence)
            and ${freeOf(needed)}) limit $3)) found order by 1 limit $3`,
    values: [now, days, wanted.most, ...(wanted.accountId === null ? [] : [wanted.accountId])],
  };
}

/** Nothing needs the event any more. */
function freeOf(needed: readonly string[]): string {
  const queued = `exists (select from outbox o where o.account_id = e.account_id and o.event_id = e.id)`;
  return [queued, ...needed].map((condition) => `not (${condition})`).join(' and ');
}
