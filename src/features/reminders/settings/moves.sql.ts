import { Injectable } from '@nestjs/common';
import type { Clock } from '../../../platform/clock/clock.js';
import type { Statement } from '../../../platform/database/tx.js';
import { previousSql, recordSql } from '../../../platform/database/record-sql.js';
import { SystemStatement } from '../../../platform/database/system-statement.js';
import { Projection } from '../../../platform/projection/projection.js';
import { Reminder } from '../reminder.entity.js';
import { reminderEvents } from '../reminder.events.js';
import type { Move } from './moves.js';

/** Reads and locks the next active reminders, in order of id. */
export function liveReminders(accountId: string, after: string | null, limit: number): Statement {
  return {
    text: `select r.id, r.kind, r.state, r.due_on::text as "dueOn", r.starts_at as "startsAt", r.wall_time as "wallTime", r.due_at as "dueAt", r.time_zone as "timeZone",
        r.rrule, r.every, r.anchor, r.leads, r.overdue_after as "overdueAfter", r.follows_account as "followsAccount",
        r.plan_after as "planAfter"
      from reminders r
      where r.account_id = $1 and r.state in ('active', 'paused') and ($2::uuid is null or r.id > $2)
      order by r.id limit $3 for update of r`,
    values: [accountId, after, limit],
  };
}

/** Reads and locks the scheduled and open rings of these reminders. */
export function liveRings(accountId: string, reminderIds: readonly string[]): Statement {
  return {
    text: `select o.reminder_id as "reminderId", o.id, o.state, o.due_at as "dueAt", o.rings_at as "ringsAt", o.wakes_at as "wakesAt",
        o.puts_off as "putsOff", o.fired_at as "firedAt", o.overdue_told as "overdueTold"
      from occurrences o
      where o.account_id = $1 and o.reminder_id = any($2::uuid[]) and o.state in ('scheduled', 'open')
      order by o.id for update of o`,
    values: [accountId, reminderIds],
  };
}

const RECORD = `x(id uuid, time_zone text, starts_at timestamptz, wall_time text, due_at timestamptz, plan_after timestamptz)`;
const RING = `y(id uuid, due_at timestamptz, rings_at timestamptz, wakes_at timestamptz)`;

/** Moves many reminders and their rings in one statement, with an event for each reminder whose representation changes. */
@Injectable()
export class MoveStatement {
  private readonly statement: SystemStatement<{ readonly moves: string; readonly rings: string }>;

  constructor(projection: Projection) {
    this.statement = new SystemStatement((sql) => {
      const now = sql.now();
      const account = sql.account();
      const parts = [
        `x as (select * from json_to_recordset(${sql.value('moves', 'json')}) as ${RECORD})`,
        `before as (select r.* from reminders r join x using (id) where r.account_id = ${account})`,
        `after as (update reminders r set time_zone = x.time_zone, starts_at = x.starts_at, wall_time = x.wall_time, due_at = x.due_at,
          plan_after = x.plan_after, updated_at = ${now}, version = r.version + 1
        from x where r.account_id = ${account} and r.id = x.id
          and (r.time_zone, r.starts_at, r.due_at) is distinct from (x.time_zone, x.starts_at, x.due_at) returning r.*)`,
        `rung as (update occurrences o set due_at = y.due_at, rings_at = y.rings_at, wakes_at = y.wakes_at,
          updated_at = ${now}, version = o.version + 1
        from json_to_recordset(${sql.value('rings', 'json')}) as ${RING} where o.account_id = ${account} and o.id = y.id
          and (o.due_at, o.rings_at, o.wakes_at) is distinct from (y.due_at, y.rings_at, y.wakes_at))`,
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
    const rings = moves.flatMap((move) => move.rings);
    return this.statement.bind({ moves: JSON.stringify(moves), rings: JSON.stringify(rings) }, clock, accountId);
  }
}
