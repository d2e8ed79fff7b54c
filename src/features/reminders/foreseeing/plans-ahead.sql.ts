import type { Statement } from '../../../platform/database/tx.js';
import type { PlanAhead } from '../kinds.service.js';
import type { Reminder } from '../reminder.entity.js';

/** A reminder that gets another plan at a time ahead. */
export interface PlannedReminder extends Pick<
  Reminder,
  'kind' | 'note' | 'priority' | 'timeZone' | 'leads' | 'rrule' | 'anchor'
> {
  readonly reminderId: string;
  readonly subjectId: string;
  readonly changedAt: Date;
  readonly sequence: number;
  /** From when on a digest can list the ring that is there: at once if it is open. Null without a ring. */
  readonly listsFrom: Date | null;
}

/** The active reminders of these plans. */
export function plannedReminders(accountId: string, plans: readonly PlanAhead[]): Statement {
  return {
    text: `select r.id as "reminderId", r.kind, r.subject_id as "subjectId", r.note, r.priority, r.time_zone as "timeZone", r.leads, r.rrule, r.anchor,
        r.updated_at as "changedAt", r.version - 1 as sequence,
        (select min(case o.state when 'open' then to_timestamp(0) else o.rings_at end) from occurrences o
          where o.account_id = $1 and o.reminder_id = r.id and o.state in ('open', 'scheduled')) as "listsFrom"
      from reminders r join (select distinct * from unnest($2::text[], $3::uuid[]) p(kind, subject_id)) p using (kind, subject_id)
      where r.account_id = $1 and r.state = 'active'
      order by r.id`,
    values: [accountId, plans.map(({ kind }) => kind.name), plans.map(({ subjectId }) => subjectId)],
  };
}
