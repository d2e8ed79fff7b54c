import type { Statement } from '../../../platform/database/tx.js';

/** Where somebody is now. */
export interface Whereabouts {
  readonly id: string;
  readonly isDeleted: boolean;
}

/** So many merges in a row are followed. */
const LONGEST_WAY = 100;

/** The contact itself, or the one that it was merged into, and that one in its turn; nothing if there never was such a contact. */
export function whereabouts(accountId: string, id: string): Statement {
  return {
    text: `with recursive way as (
        select c.id, c.merged_into_id, c.deleted_at, 0 as n from contacts c where c.account_id = $1 and c.id = $2
        union all
        select c.id, c.merged_into_id, c.deleted_at, n + 1 from way w
          join contacts c on c.account_id = $1 and c.id = w.merged_into_id where n < ${LONGEST_WAY})
      select id, deleted_at is not null as "isDeleted" from way order by n desc limit 1`,
    values: [accountId, id],
  };
}

/** Says of a contact into which other one it was merged, or that it is no longer. */
export function pointInto(accountId: string, id: string, intoId: string | null): Statement {
  return {
    text: `update contacts set merged_into_id = $3 where account_id = $1 and id = $2`,
    values: [accountId, id, intoId],
  };
}
