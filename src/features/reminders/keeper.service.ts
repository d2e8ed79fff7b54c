import { Injectable } from '@nestjs/common';
import { newId } from '../../kit/ids.js';
import { inserted, removed, updated } from '../../platform/database/changes.js';
import { Clock } from '../../platform/clock/clock.js';
import { resourceName } from '../../platform/contract/resources.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Kind } from './kinds.service.js';
import { Occurrence } from './occurrence.entity.js';
import { Reminder } from './reminder.entity.js';
import { occurrenceEvents, reminderEvents } from './reminder.events.js';
import { liveReminder } from './reminders.sql.js';
import { RingSchedule } from './ring-schedule.js';

/** When a reminder that a feature keeps by itself is due, and what it says. */
interface Plan {
  readonly title: string;
  readonly dueAt: Date;
  /** The day, when it is due for a day: it then moves with the start of the account's days. */
  readonly dueOn?: string;
  /** By what it repeats, an ISO 8601 period; once unless given. */
  readonly every?: string;
  /** How long a ring may stay unanswered, an ISO 8601 duration; never told of unless given. */
  readonly overdueAfter?: string;
}

/** For features above: keeps their reminders in step, inside their own transaction; one at most for a kind and a subject. */
@Injectable()
export class KeeperService {
  constructor(
    private readonly clock: Clock,
    private readonly schedule: RingSchedule,
  ) {}

  /** Makes the reminder, or moves it. A ring that is still open is answered by whatever moved it. */
  async keep(tx: Tx, kind: Kind, subjectId: string, plan: Plan): Promise<void> {
    const [live] = await tx.run<Pick<Reminder, 'id' | 'leads' | 'timeZone'>>(
      liveReminder(tx.actor.accountId, kind.name, subjectId),
    );
    if (!live) return this.make(tx, kind, subjectId, plan);
    const moved = await tx.apply(updated(Reminder, live.id, valuesOf(plan), reminderEvents.updated));
    if (!moved.changed) return;
    await this.answerOpen(tx, live.id);
    await this.schedule.move(tx, live, plan.dueAt);
  }

  /** Takes the reminder away, if there is one. */
  async drop(tx: Tx, { name }: Kind, subjectId: string): Promise<void> {
    const [live] = await tx.run<{ id: string }>(liveReminder(tx.actor.accountId, name, subjectId));
    if (live) await tx.apply(removed(Reminder, live.id, reminderEvents.deleted));
  }

  private async make(tx: Tx, kind: Kind, subjectId: string, plan: Plan): Promise<void> {
    const { timeZone } = tx.actor.calendar;
    const reminder = { id: newId(), leads: [], timeZone };
    const about = { kind: kind.name, subjectType: subjectTypeOf(kind), subjectId };
    const values = { ...valuesOf(plan), ...reminder, ...about, followsAccount: true };
    await tx.apply(inserted(Reminder, values, reminderEvents.created));
    await this.schedule.add(tx, reminder, plan.dueAt);
  }

  private async answerOpen(tx: Tx, reminderId: string): Promise<void> {
    for (const { id } of await tx.select<Occurrence>(Occurrence, { reminderId, state: 'open' })) {
      const answer = { state: 'done', answeredAt: this.clock.now(), wakesAt: null } as const;
      await tx.apply(updated(Occurrence, id, answer, occurrenceEvents.completed));
    }
  }
}

function subjectTypeOf({ name, subject, about }: Kind): string {
  const noun = subject ? resourceName(subject).noun : about;
  if (!noun) throw new Error(`Nothing is kept of the kind ${name}, which has no subject.`);
  return noun;
}

function valuesOf({ title, dueAt, dueOn, every, overdueAfter }: Plan) {
  return {
    title,
    dueAt,
    startsAt: dueAt,
    dueOn: dueOn ?? null,
    every: every ?? null,
    overdueAfter: overdueAfter ?? null,
  };
}
