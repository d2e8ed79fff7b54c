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
