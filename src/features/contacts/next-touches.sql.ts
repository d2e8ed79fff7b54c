import { Injectable } from '@nestjs/common';
import type { Clock } from '../../platform/clock/clock.js';
import { previousSql, recordSql } from '../../platform/database/record-sql.js';
import { SystemStatement } from '../../platform/database/system-statement.js';
import type { Statement } from '../../platform/database/tx.js';
import { Projection } from '../../platform/projection/projection.js';
import type { Touched, rhythmOf } from './cadence.js';
import { Contact } from './contact.entity.js';
import { contactEvents } from './contact.events.js';

/** When the next touch of a contact is due now. */
export type MovedTouch = { readonly id: string } & ReturnType<typeof rhythmOf>;

/** Which contacts the settings of an account move: all with a rhythm, or those of some tiers. */
export interface Moved {
  readonly all: boolean;
  readonly tiers: readonly string[];
}

/** Those contacts after one, in the order of their ids; locked. */
export function movedContacts(
  accountId: string,
  { all, tiers }: Moved,
  after: string | null,
  limit: number,
): Statement {
  return {
    text: `select c.id, c.name, c.keep_in_touch_every as "keepInTouchEvery", c.tier, c.archived, c.do_not_contact as "doNotContact",
        c.last_touch_at as "lastTouchAt", c.touch_waived_at as "touchWaivedAt", c.met_on::text as "metOn",
        c.created_at as "createdAt"
      from contacts c
      where c.account_id = $1 and c.deleted_at is null and ($2::uuid is null or c.id > $2)
        and ($4 and c.next_touch_at is not null or c.keep_in_touch_every is null and c.tier = any($5::text[]))
      order by c.id limit $3 for update`,
    values: [accountId, after, limit, all, tiers],
  };
}

export type MovedContact = Touched & { readonly id: string; readonly name: string };

/** Moves next touches, many in one statement, with an event for each that is another. */
@Injectable()
export class NextTouchStatement {
  private readonly statement: SystemStatement<{ readonly touches: string }>;

  constructor(projection: Projection) {
    this.statement = new SystemStatement((sql) => {
      const now = sql.now();
      const account = sql.account();
      const parts = [
        `x as (select * from json_to_recordset(${sql.value('touches', 'json')}) as x(id uuid, "nextTouchAt" timestamptz, "cadenceDays" integer))`,
        `before as (select c.* from contacts c join x using (id) where c.account_id = ${account})`,
        `after as (update contacts c set next_touch_at = x."nextTouchAt", cadence_days = x."cadenceDays", updated_at = ${now},
          version = c.version + 1
        from x where c.account_id = ${account} and c.id = x.id
          and (c.next_touch_at, c.cadence_days) is distinct from (x."nextTouchAt", x."cadenceDays")
        returning c.*)`,
        ...recordSql(sql, projection, Contact, contactEvents.updated, 'after', previousSql(sql, projection, Contact)),
      ];
      return { parts, answer: 'select count(*)::int as moved from event' };
    });
  }

  of(accountId: string, touches: readonly MovedTouch[], clock: Clock): Statement {
    return this.statement.bind({ touches: JSON.stringify(touches) }, clock, accountId);
  }
}
