import { Injectable } from '@nestjs/common';
import type { Clock } from '../../../platform/clock/clock.js';
import type { Statement } from '../../../platform/database/tx.js';
import type { EventType } from '../../../platform/contract/catalogue.js';
import { recordSql } from '../../../platform/database/record-sql.js';
import { SystemStatement } from '../../../platform/database/system-statement.js';
import { Projection } from '../../../platform/projection/projection.js';
import { Occurrence } from '../occurrence.entity.js';
import { occurrenceEvents } from '../reminder.events.js';

/** A notice about a ring: it is due soon, or it is overdue. */
export interface Notice {
  readonly account_id: string;
  readonly id: string;
  /** When the scheduler looks at the ring next. */
  readonly wakes_at: Date | null;
}

type Told = SystemStatement<{ readonly notices: string }>;

/** Records `reminder.upcoming` and `reminder.overdue`. The rings do not change, so their versions stay. */
@Injectable()
export class NoticeStatement {
  private readonly upcoming: Told;
  private readonly overdue: Told;

  constructor(projection: Projection) {
    this.upcoming = told(projection, occurrenceEvents.upcoming, false);
    this.overdue = told(projection, occurrenceEvents.overdue, true);
  }

  ofUpcoming(notices: readonly Notice[], clock: Clock): Statement {
    return this.upcoming.bind({ notices: JSON.stringify(notices) }, clock);
  }

  ofOverdue(notices: readonly Notice[], clock: Clock): Statement {
    return this.overdue.bind({ notices: JSON.stringify(notices) }, clock);
  }
}

function told(projection: Projection, event: EventType, isOverdue: boolean): Told {
  const more = isOverdue ? ', overdue_told = true' : '';
  const record = 'r(account_id uuid, id uuid, wakes_at timestamptz)';
  return new SystemStatement((sql) => ({
    parts: [
      `told as (update occurrences o set wakes_at = r.wakes_at${more}
        from json_to_recordset(${sql.value('notices', 'json')}) as ${record}
        where o.account_id = r.account_id and o.id = r.id returning o.*)`,
      ...recordSql(sql, projection, Occurrence, event, 'told'),
    ],
    answer: 'select count(*)::int as told from event',
  }));
}
