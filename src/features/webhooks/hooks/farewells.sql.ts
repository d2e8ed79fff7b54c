import type { Statement } from '../../../platform/database/tx.js';
import { untroubled, whoseRows } from '../../../platform/jobs/failures.sql.js';
import { columnsOf } from '../../../platform/jobs/shared-job.js';
import type { Portion, Wanted } from '../../../platform/jobs/shared-job.js';

/** The jobs that end hooks whose targets are gone, and that notify targets. */
export const END_HOOKS = 'end hooks';
export const FAREWELLS = 'farewells';

const AT_ONCE = 50;
/** The delays of the tries: at once, after five minutes, and after another hour. */
const MOST_FAREWELLS = 3;

/** The targets to notify that their hook has ended. */
export interface Farewell {
  readonly accountId: string;
  readonly id: string;
  readonly url: string;
}

const GONE = `w.rest_hook and w.status = 'disabled' and w.disabled_reason = 'gone' and w.deleted_at is null`;
const UNTOLD = `w.rest_hook and (w.farewell_at <= coalesce($1::timestamptz, now())
          or (w.status = 'disabled' and w.disabled_reason = 'failing' and w.deleted_at is null and w.farewells = 0))`;

/** Finds what either job has something to do with. */
export function findHooks(
  job: typeof END_HOOKS | typeof FAREWELLS,
  { accountId, most }: Wanted,
  now: Date | null,
): Statement {
  return {
    text: `select w.account_id as "accountId", w.id from webhooks w, (select $1::timestamptz) at
      where ${job === END_HOOKS ? GONE : UNTOLD} and ${whoseRows(job, 'w', accountId, '$3')} order by w.account_id, w.id limit $2`,
    values: [now, most, ...(accountId === null ? [] : [accountId])],
  };
}

function whose(job: string, portions: readonly Portion[] | undefined): string {
  return portions
    ? `(w.account_id, w.id) in (select * from unnest($2::uuid[], $3::uuid[]))`
    : untroubled(job, 'w.account_id');
}

/** Ends REST hooks whose targets answered 410, and deletes their secrets. */
export function endGone(now: Date | null, portions?: readonly Portion[]): Statement {
  return {
    text: `with departed as (
        select w.account_id, w.id from webhooks w where ${GONE} and ${whose(END_HOOKS, portions)}
        limit ${AT_ONCE} for update skip locked)
      update webhooks w set deleted_at = coalesce($1::timestamptz, now()), updated_at = coalesce($1::timestamptz, now()),
        version = w.version + 1, secrets = '[]', headers = '[]', header_names = '{}'
      from departed d where w.account_id = d.account_id and w.id = d.id returning 1`,
    values: [now, ...(portions ? columnsOf(portions) : [])],
  };
}

/**
 * Claims the targets to notify: of hooks that were deleted here, and of hooks that failed for 120 hours. The time of
 * the next try is set before this try, so that a crash counts as a try.
 */
export function claimFarewells(now: Date | null, portions?: readonly Portion[]): Statement {
  return {
    text: `with untold as (
        select w.account_id, w.id from webhooks w where ${UNTOLD} and ${whose(FAREWELLS, portions)}
        limit ${AT_ONCE} for update skip locked)
      update webhooks w set farewells = w.farewells + 1,
        farewell_at = case when w.farewells + 1 < ${MOST_FAREWELLS}
          then coalesce($1::timestamptz, now()) + interval '5 minutes' * power(12, w.farewells) end
      from untold u where w.account_id = u.account_id and w.id = u.id
      returning w.account_id as "accountId", w.id, w.url`,
    values: [now, ...(portions ? columnsOf(portions) : [])],
  };
}

/** Records that the target was notified. */
export function farewellTold({ accountId, id }: Farewell): Statement {
  return { text: 'update webhooks set farewell_at = null where account_id = $1 and id = $2', values: [accountId, id] };
}
