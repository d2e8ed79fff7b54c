import type { Statement } from '../../../platform/database/tx.js';
import type { Occurrence } from '../occurrence.entity.js';

/** What the page of an action link shows about its ring. */
export type LinkedRing = Pick<
  Occurrence,
  'id' | 'kind' | 'title' | 'state' | 'dueAt' | 'answeredAt' | 'snoozedUntil'
> & {
  /** The IANA time zone of the account. */
  readonly timeZone: string;
};

/** The ring of a link whose signature names its account. */
export function ringOfLink(accountId: string, occurrenceId: string): Statement {
  return {
    text: `select o.id, o.kind, o.title, o.state, o.due_at as "dueAt", o.answered_at as "answeredAt",
        o.snoozed_until as "snoozedUntil", a.time_zone as "timeZone"
      from occurrences o join accounts a on a.id = o.account_id where o.account_id = $1 and o.id = $2`,
    values: [accountId, occurrenceId],
  };
}
