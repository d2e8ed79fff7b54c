import { Injectable } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { tableOf } from '../../../platform/contract/tables.js';
import { removed, updated } from '../../../platform/database/changes.js';
import type { Tx } from '../../../platform/database/tx.js';
import { rowCheck } from '../../../platform/doctor/check.js';
import type { Check, RowCheck } from '../../../platform/doctor/check.js';
import { literal } from '../../../platform/projection/sql-text.js';
import { MANUAL } from '../kinds.service.js';
import type { Kind } from '../kinds.service.js';
import { Reminder } from '../reminder.entity.js';
import { reminderEvents } from '../reminder.events.js';
import { keptReminder } from '../reminders.sql.js';
import { RINGS, RingSchedule } from './ring-schedule.js';

/** Repairs broken reminders. */
@Injectable()
export class MenderService {
  constructor(private readonly schedule: RingSchedule) {}

  /** Schedules the rings that the plan wants, or ends a reminder that has none. Idempotent. */
  async mend(tx: Tx, id: string): Promise<void> {
    const [reminder] = await tx.select(Reminder, { id });
    if (!reminder) return;
    const { state } = reminder;
    if (await this.isReplaced(tx, reminder)) return this.schedule.clear(tx, id);
    const alive = state === 'paused' ? state : ('active' as const);
    const { dueAt, isOver } = await this.schedule.replan(tx, { ...reminder, state: alive });
    const over = state === 'dismissed' ? state : ('done' as const);
    const values = { dueAt: dueAt ?? reminder.dueAt, state: isOver ? over : alive };
    await tx.apply(updated(Reminder, id, values, reminderEvents.updated));
    tx.wake(RINGS);
  }

  /** A check that each reminder of a kind is about an existing row. `wrong` says what is wrong otherwise. */
  lostSubject(kind: Kind, subject: Type, { name, wrong }: Pick<RowCheck, 'name' | 'wrong'>): Check {
    return rowCheck({
      name,
      type: 'reminder',
      rows: 'reminders',
      wrong: `case when t.kind = '${kind.name}' and t.state in ('active', 'paused')
        and not exists (select from ${tableOf(subject).name} s where s.account_id = t.account_id and s.id = t.subject_id)
        then ${literal(wrong)} end`,
      remedy: 'Repair deletes the reminder.',
      repair: (tx, id) => this.drop(tx, id),
    });
  }

  private async drop(tx: Tx, id: string): Promise<void> {
    const [reminder] = await tx.select(Reminder, { id });
    if (reminder) await tx.apply(removed(Reminder, id, reminderEvents.deleted));
  }

  /** The feature keeps another reminder for this subject, so this one stays over. */
  private async isReplaced(tx: Tx, { id, kind, subjectId, state }: Reminder): Promise<boolean> {
    if (kind === MANUAL.name || subjectId === null || state === 'active' || state === 'paused') return false;
    const [kept] = await tx.run<{ id: string }>(keptReminder(tx.actor.accountId, kind, subjectId));
    return kept !== undefined && kept.id !== id;
  }
}
