import type { Statement } from '../../../platform/database/tx.js';

const AT_ONCE = 50;
/** The delays of the tries: at once, after five minutes, and after another hour. */
const MOST_FAREWELLS = 3;

/** The targets to notify that their hook has ended. */
export interface Farewell {
  readonly accountId: string;
  readonly id: string;
  readonly url: string;
}

/** Ends REST hooks whose targets answered 410, and deletes their secrets. */
export function endGone(now: Date | null): Statement {
  return {
    text: `with departed as (
        select account_id, id from webhooks
        where rest_hook and status = 'disabled' and disabled_reason = 'gone' and deleted_at is null
        limit ${AT_ONCE} for update skip locked)
      update webhooks w set deleted_at = coalesce($1::timestamptz, now()), updated_at = coalesce($1::timestamptz, now()),
        version = w.version + 1, secrets = '[]', headers = '[]', header_names = '{}'
      from departed d where w.account_id = d.account_id and w.id = d.id returning 1`,
    values: [now],
  };
}

/**
 * Claims the targets to notify: of hooks that were deleted here, and of hooks that failed for 120 hours. The time of
 * the next try is set before this try, so that a crash counts as a try.
 */
export function claimFarewells(now: Date | null): Statement {
  return {
    text: `with untold as (
        select account_id, id from webhooks
        where rest_hook and (farewell_at <= coalesce($1::timestamptz, now())
          or (status = 'disabled' and disabled_reason = 'failing' and deleted_at is null and farewells = 0))
        limit ${AT_ONCE} for update skip locked)
      update webhooks w set farewells = w.farewells + 1,
        farewell_at = case when w.farewells + 1 < ${MOST_FAREWELLS}
          then coalesce($1::timestamptz, now()) + interval '5 minutes' * power(12, w.farewells) end
      from untold u where w.account_id = u.account_id and w.id = u.id
      returning w.account_id as "accountId", w.id, w.url`,
    values: [now],
  };
}

/** Records that the target was notified. */
export function farewellTold({ accountId, id }: Farewell): Statement {
  return { text: 'update webhooks set farewell_at = null where account_id = $1 and id = $2', values: [accountId, id] };
}
