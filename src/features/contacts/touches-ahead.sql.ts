import type { Statement } from '../../platform/database/tx.js';
import type { Touched } from './cadence.js';
import { TOUCH_AHEAD } from './interactions/interaction.kinds.js';

/** A contact, and when an interaction with it will count as a touch. */
export interface TouchedAhead extends Touched {
  readonly id: string;
  readonly name: string;
  readonly countsAt: Date;
}

/** The touches ahead until a time, in order; with those whose time has come while no worker was there to count them. */
export function contactsTouchedAhead(accountId: string, to: Date, most: number): Statement {
  return {
    text: `select c.id, c.name, c.keep_in_touch_every as "keepInTouchEvery", c.tier, c.archived, c.do_not_contact as "doNotContact",
        c.last_touch_at as "lastTouchAt", c.touch_waived_at as "touchWaivedAt", c.met_on::text as "metOn", c.created_at as "createdAt",
        o.wakes_at as "countsAt"
      from occurrences o
        join interaction_contacts l on l.account_id = $1 and l.interaction_id = o.subject_id
        join contacts c on c.account_id = $1 and c.id = l.contact_id and c.deleted_at is null
      where o.account_id = $1 and o.kind = '${TOUCH_AHEAD.name}' and o.wakes_at < $2
      order by o.wakes_at, c.id limit $3`,
    values: [accountId, to, most],
  };
}
