import type { Statement } from '../../../platform/database/tx.js';
import { untroubled, whoseRows } from '../../../platform/jobs/failures.sql.js';
import { columnsOf } from '../../../platform/jobs/shared-job.js';
import type { Portion, Wanted } from '../../../platform/jobs/shared-job.js';

export const FORGET_IMPORTS = 'forget imports';

const KEPT_DAYS = 90;

/** Condition on the import `i`: it is old, and nobody works on it. */
const OLD = `i.created_at < coalesce($1::timestamptz, now()) - interval '${KEPT_DAYS} days' and i.lease_until is null`;

/** Deletes some old imports, those named or those of all accounts of which none is set aside, and returns how many. */
export function forgetImports(now: Date | null, limit: number, portions?: readonly Portion[]): Statement {
  const whose = portions
    ? '(i.account_id, i.id) in (select * from unnest($3::uuid[], $4::uuid[]))'
    : untroubled(FORGET_IMPORTS, 'i.account_id');
  return {
    text: `with old as (select i.account_id, i.id from imports i
        where ${OLD} and ${whose} order by i.created_at limit $2 for update skip locked),
      gone as (delete from imports i using old where i.account_id = old.account_id and i.id = old.id returning 1)
      select count(*)::int as gone from gone`,
    values: [now, limit, ...(portions ? columnsOf(portions) : [])],
  };
}

/** Old imports. */
export function findOldImports(now: Date | null, { accountId, most }: Wanted): Statement {
  return {
    text: `select i.account_id as "accountId", i.id from imports i
      where ${OLD} and ${whoseRows(FORGET_IMPORTS, 'i', accountId, '$3')} order by i.created_at, i.id limit $2`,
    values: [now, most, ...(accountId === null ? [] : [accountId])],
  };
}
