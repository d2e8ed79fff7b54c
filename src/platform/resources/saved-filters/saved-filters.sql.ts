import type { Statement } from '../../database/tx.js';

/** One transaction of an account at a time saves filters, so that their number and their names hold. */
export function lockSavedFilters(accountId: string): Statement {
  return {
    text: `select pg_advisory_xact_lock(hashtextextended('saved filters ' || $1::text, 0))`,
    values: [accountId],
  };
}

export function countSavedFilters(accountId: string): Statement {
  return { text: 'select count(*)::int as count from saved_filters where account_id = $1', values: [accountId] };
}

/** The one of a name, whatever its case. */
export function savedFilterNamed(accountId: string, name: string): Statement {
  return {
    text: 'select id, name from saved_filters where account_id = $1 and lower(name) = lower($2)',
    values: [accountId, name],
  };
}

/** What lists need of these. */
export function savedFiltersOf(accountId: string, ids: readonly string[]): Statement {
  return {
    text: 'select id, name, list, filter, sort, q from saved_filters where account_id = $1 and id = any($2::uuid[])',
    values: [accountId, ids],
  };
}
