import type { Statement } from '../../../platform/database/tx.js';

/** How many favours are noted of a contact. */
export function countOfFavours(accountId: string, contactId: string): Statement {
  return {
    text: `select count(*)::int as count from favours where account_id = $1 and contact_id = $2`,
    values: [accountId, contactId],
  };
}
