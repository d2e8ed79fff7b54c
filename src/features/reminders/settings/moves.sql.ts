import { Injectable } from '@nestjs/common';
import type { Clock } from '../../../platform/clock/clock.js';
import type { Statement } from '../../../platform/database/tx.js';
import { previousSql, recordSql } from '../../../platform/database/record-sql.js';
import { SystemStatement } from '../../../platform/database/system-statement.js';
import { Projection } from '../../../platform/projection/projection.js';
import { Reminder } from '../reminder.entity.js';
import { reminderEvents } from '../reminder.events.js';
import type { Move } from './moves.js';

/** Live reminders after one, in the order of their ids, with the first ring ahead of each; locked. */
export function liveReminders(accountId: string, after: string | null, limit: number): Statement {
  return {
    text: `select r.id, r.state, r.due_on::text as "dueOn", r.starts_at as "startsAt", r.due_at as "dueAt", r.time_zone as "timeZone",
        r.rrule, r.every, r.leads, r.follows_account as "followsAccount", o.id as "ringId", o.due_at as "ringDueAt"
      from reminders r left join lateral (
        select id, due_at from occurrences
        where account_id = $1 and reminder_id = r.id and state = 'scheduled' order by due_at limit 1) o on true
      where r.account_id = $1 and r.state in ('active', 'paused') and ($2::uuid is null or r.id > $2)
      order by r.id limit $3 for update of r`,
    values: [accountId, after, limit],
  };
}

const RECORD = `x(id uuid, time_zone text, starts_at timestamptz, due_at timestamptz, ring_id uuid, ring_due_at timestamptz,
  rings_at timestamptz, wakes_at timestamptz)`;

/** Moves reminders and their rings, many in one statement, with an event for each reminder that shows something new. */
@Injectable()
export class MoveStatement {
  private readonly statement: SystemStatement<{ readonly moves: string }>;

  constructor(projection: Projection) {
    this.statement = new SystemStatement((sql) => {
      const now = sql.now();
      const account = sql.account();
      const parts = [
        `x as (select * from json_to_recordset(${sql.value('moves', 'json')}) as ${RECORD})`,
        `before as (select r.* from reminders r join x using (id) where r.account_id = ${account})`,
        `after as (update reminders r set time_zone = x.time_zone, starts_at = x.starts_at, due_at = x.due_at,
          updated_at = ${now}, version = r.version + 1
        from x where r.account_id = ${account} and r.id = x.id
          and (r.time_zone, r.starts_at, r.due_at) is distinct from (x.time_zone, x.starts_at, x.due_at) returning r.*)`,
        `rung as (update occurrences o set due_at = x.ring_due_at, rings_at = x.rings_at, wakes_at = x.wakes_at,
          updated_at = ${now}, version = o.version + 1
        from x where o.account_id = ${account} and o.id = x.ring_id
          and (o.due_at, o.rings_at, o.wakes_at) is distinct from (x.ring_due_at, x.rings_at, x.wakes_at)
          and not exists (select from occurrences p where p.account_id = ${account} and p.reminder_id = x.id
            and p.due_at = x.ring_due_at and p.id <> o.id))`,
        ...recordSql(
          sql,
          projection,
          Reminder,
          reminderEvents.updated,
          'after',
          previousSql(sql, projection, Reminder),
        ),
      ];
      return { parts, answer: 'select count(*)::int as moved from event' };
    });
  }

  of(accountId: string, moves: readonly Move[], clock: Clock): Statement {
    return this.statement.bind({ moves: JSON.stringify(moves) }, clock, accountId);
  }
}
