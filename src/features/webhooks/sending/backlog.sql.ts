import type { Statement } from '../../../platform/database/tx.js';

/** Counting a backlog must not cost what a backlog costs: 10,000 stands for that many and more. */
const MOST = 10_000;

/** Events that no worker has fanned out yet, over all accounts. */
export function eventsWaiting(): Statement {
  return { text: `select count(*)::int as waiting from (select 1 from outbox limit ${MOST}) o`, values: [] };
}

/** Deliveries that are due now or later, over all accounts. */
export function deliveriesWaiting(): Statement {
  return {
    text: `select count(*)::int as waiting from (select 1 from deliveries where state = 'pending' limit ${MOST}) d`,
    values: [],
  };
}
