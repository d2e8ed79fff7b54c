import { Injectable } from '@nestjs/common';
import { newId } from '../../kit/ids.js';
import { inserted, removed, updated } from '../../platform/database/changes.js';
import { Clock } from '../../platform/clock/clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { Occurrence } from './occurrence.entity.js';
import { Reminder } from './reminder.entity.js';
import { occurrenceEvents, reminderEvents } from './reminder.events.js';
import { liveReminder, scheduleRing, unschedule } from './reminders.sql.js';

/** A reminder that a feature keeps by itself: one at most for a kind and a subject. */
export interface Kept {
  readonly kind: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly title: string;
  readonly dueAt: Date;
}

/** For features above: keeps their reminders in step, inside their own transaction. */
@Injectable()
export class KeeperService {
  constructor(private readonly clock: Clock) {}

  /** Makes the reminder, or moves it. A ring that is still open is answered by whatever moved it. */
  async keep(tx: Tx, kept: Kept): Promise<void> {
    const [live] = await tx.run<{ id: string }>(liveReminder(tx.actor.accountId, kept.kind, kept.subjectId));
    if (!live) return this.make(tx, kept);
    const moved = await tx.apply(
      updated(
        Reminder,
        live.id,
        { title: kept.title, dueAt: kept.dueAt, startsAt: kept.dueAt },
        reminderEvents.updated,
      ),
    );
    if (!moved.changed) return;
    await this.answerOpen(tx, live.id);
    await this.reschedule(tx, live.id, kept.dueAt);
  }

  /** Takes the reminder away, if there is one. */
  async drop(tx: Tx, kind: string, subjectId: string): Promise<void> {
    const [live] = await tx.run<{ id: string }>(liveReminder(tx.actor.accountId, kind, subjectId));
    if (live) await tx.apply(removed(Reminder, live.id, reminderEvents.deleted));
  }

  /** Puts the one ring that is ahead at another time. */
  async reschedule(tx: Tx, reminderId: string, dueAt: Date): Promise<void> {
    await tx.run(unschedule(tx.actor.accountId, reminderId));
    await tx.run(scheduleRing(tx.actor.accountId, reminderId, newId(), dueAt));
  }

  private async make(tx: Tx, { kind, subjectType, subjectId, title, dueAt }: Kept): Promise<void> {
    const id = newId();
    const { timeZone } = tx.actor.calendar;
    await tx.apply(
      inserted(
        Reminder,
        { id, kind, subjectType, subjectId, title, dueAt, startsAt: dueAt, timeZone },
        reminderEvents.created,
      ),
    );
    await tx.run(scheduleRing(tx.actor.accountId, id, newId(), dueAt));
  }

  private async answerOpen(tx: Tx, reminderId: string): Promise<void> {
    for (const { id } of await tx.select(Occurrence, { reminderId, state: 'open' })) {
      const answer = { state: 'done', answeredAt: this.clock.now() } as const;
      await tx.apply(updated(Occurrence, id, answer, occurrenceEvents.completed));
    }
  }
}
