import type { Statement } from '../../../platform/database/tx.js';
import { LOGGED_EVENT } from '../samples/logged-event.js';

/** Allows one subscription of a target at a time: two that both find no hook would both create one. */
export function lockTarget(accountId: string, targetUrl: string): Statement {
  return {
    text: `select pg_advisory_xact_lock(hashtextextended(concat_ws(chr(31), 'hook', $1::text, $2::text), 0))`,
    values: [accountId, targetUrl],
  };
}

/** How far back samples are searched: a rare event must not cost a scan of the whole log. */
const LOOKED_AT = 1_000;

/** The newest events of these types, among the newest events of the account. */
export function newestEvents(accountId: string, types: readonly string[], most: number): Statement {
  return {
    text: `select ${LOGGED_EVENT} from (
        select * from events where account_id = $1
        order by transaction_id desc, sequence desc limit ${LOOKED_AT}) e
      where e.type = any($2::text[])
      order by e.transaction_id desc, e.sequence desc limit $3`,
    values: [accountId, types, most],
  };
}
