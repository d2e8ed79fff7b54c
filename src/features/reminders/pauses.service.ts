import { Injectable } from '@nestjs/common';
import type { Actor } from '../../platform/actor/actor.js';
import { Clock } from '../../platform/clock/clock.js';
import { updated } from '../../platform/database/changes.js';
import { Database } from '../../platform/database/database.js';
import { Problem } from '../../platform/errors/problem.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { ObjectView } from '../../platform/projection/view.js';
import { Occurrence } from './occurrence.entity.js';
import { Reminder } from './reminder.entity.js';
import { reminderEvents } from './reminder.events.js';
import { isRepeating, timeAfter } from './repeats.js';
import { RingSchedule } from './ring-schedule.js';

/** Lets reminders sleep, and wakes them. */
@Injectable()
export class PausesService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly schedule: RingSchedule,
  ) {}

  pause(actor: Actor, id: string, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      const { state } = await tx.find(Reminder, id);
      if (state !== 'active' && state !== 'paused')
        throw new Problem('conflict', `This reminder is ${state}: there is nothing to pause.`);
      await tx.apply(updated(Reminder, id, { state: 'paused' }, reminderEvents.updated));
      await this.schedule.hush(tx, id);
      return tx.one(Reminder, id, view);
    });
  }

  /** Times of what repeats that went by were meant to be silent; a reminder that rings once is only late. */
  async resume(actor: Actor, id: string, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      const reminder = await tx.find(Reminder, id);
      if (reminder.state !== 'paused')
        throw new Problem('conflict', `This reminder is ${reminder.state}: there is nothing to resume.`);
      const [ahead] = await tx.select<Occurrence>(Occurrence, { reminderId: id, state: 'scheduled' });
      const dueAt = (ahead && this.nextOf(reminder, ahead)) ?? reminder.dueAt;
      await tx.apply(updated(Reminder, id, { state: 'active', dueAt }, reminderEvents.updated));
      if (ahead?.dueAt.getTime() === dueAt.getTime()) await this.schedule.wake(tx, reminder, ahead);
      else if (ahead) await this.schedule.move(tx, reminder, dueAt);
      return tx.one(Reminder, id, view);
    });
  }

  /** When it is due now. */
  private nextOf(reminder: Reminder, ahead: Occurrence): Date {
    const now = this.clock.now();
    if (!isRepeating(reminder) || ahead.dueAt > now) return ahead.dueAt;
    return timeAfter(reminder, now) ?? ahead.dueAt;
  }
}
