import type { PageOfRows } from '../../../platform/doctor/check.js';
import type { Statement } from '../../../platform/database/tx.js';

/** Counting stops at 10,000, which stands for that many or more, so that the count stays cheap during a backlog. */
const MOST = 10_000;

/** Events that no worker has fanned out yet, over all accounts. */
export function eventsWaiting(): Statement {
  return { text: `select count(*)::int as waiting from (select 1 from outbox limit ${MOST}) o`, values: [] };
}

/** Pending deliveries, due now or later, over all accounts. */
export function deliveriesWaiting(): Statement {
  return {
    text: `select count(*)::int as waiting from (select 1 from deliveries where state = 'pending' limit ${MOST}) d`,
    values: [],
  };
}

/** Events that should have been fanned out ten minutes ago, over all accounts. */
export function stuckEvents({ accountId, id, limit }: PageOfRows, now: Date): Statement {
  return {
    text: `select e.account_id as "accountId", e.id, format('%s is not fanned out since %s', e.type,
        to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) as wrong
      from outbox o join events e on e.account_id = o.account_id and e.id = o.event_id
      where e.occurred_at < $4::timestamptz - interval '10 minutes' and (e.account_id, e.id) > ($1::uuid, $2::uuid)
      order by e.account_id, e.id limit $3`,
    values: [accountId, id, limit, now],
  };
}
