import type { AccountCalendar } from '../../platform/actor/actor.js';
import { CALENDAR_SQL } from '../../platform/actor/calendar.sql.js';
import type { PageOfRows } from '../../platform/doctor/check.js';
import type { Statement } from '../../platform/database/tx.js';
import type { Touched } from './cadence.js';
import { KEEP_IN_TOUCH } from './contact.kinds.js';
import { TOUCH_AHEAD } from './interactions/interaction.kinds.js';

/** A contact, what is logged of it, and its reminder. */
export interface ExaminedContact extends Touched {
  readonly accountId: string;
  readonly id: string;
  readonly isDeleted: boolean;
  readonly nextTouchAt: Date | null;
  readonly cadenceDays: number | null;
  /** The last touch that counts and whose time has come. */
  readonly loggedAt: Date | null;
  /** A touch whose time has come is about to be counted by a worker. */
  readonly isWaiting: boolean;
  /** When the reminder that is there is due first; null without one. */
  readonly remindedAt: Date | null;
  readonly calendar: AccountCalendar;
}

/** Contacts of all accounts, deleted ones included. */
export function examinedContacts({ accountId, id, limit }: PageOfRows, now: Date): Statement {
  return {
    text: `select c.account_id as "accountId", c.id, c.deleted_at is not null as "isDeleted", c.keep_in_touch_every as "keepInTouchEvery",
        c.tier, c.archived, c.do_not_contact as "doNotContact", c.last_touch_at as "lastTouchAt", c.touch_waived_at as "touchWaivedAt",
        c.met_on::text as "metOn", c.created_at as "createdAt", c.next_touch_at as "nextTouchAt", c.cadence_days as "cadenceDays",
        (select max(l.occurred_at) from interaction_contacts l where l.account_id = c.account_id and l.contact_id = c.id
          and l.counts_as_touch and l.occurred_at <= $4) as "loggedAt",
        exists (select from interaction_contacts l join reminders r on r.account_id = l.account_id and r.subject_id = l.interaction_id
          where l.account_id = c.account_id and l.contact_id = c.id and l.occurred_at <= $4
            and r.kind = '${TOUCH_AHEAD.name}' and r.state = 'active') as "isWaiting",
        (select r.starts_at from reminders r where r.account_id = c.account_id and r.kind = '${KEEP_IN_TOUCH.name}'
          and r.subject_id = c.id and r.state in ('active', 'paused')) as "remindedAt",
        (select row_to_json(s) from (select ${CALENDAR_SQL}) s) as calendar
      from contacts c join accounts a on a.id = c.account_id
      where (c.account_id, c.id) > ($1::uuid, $2::uuid) order by c.account_id, c.id limit $3`,
    values: [accountId, id, limit, now],
  };
}
