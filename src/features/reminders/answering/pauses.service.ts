import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/actor/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { updated } from '../../../platform/database/changes.js';
import { Database } from '../../../platform/database/database.js';
import { Problem } from '../../../platform/errors/problem.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { refuseUnseen } from '../kinds.service.js';
import { Occurrence } from '../occurrence.entity.js';
import { Reminder } from '../reminder.entity.js';
import { reminderEvents } from '../reminder.events.js';
import { isRepeating, timeAfter } from '../timing/repeats.js';
import { RingSchedule } from '../keeping/ring-schedule.js';

/** Pauses and resumes reminders. */
@Injectable()
export class PausesService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly schedule: RingSchedule,
  ) {}

  pause(actor: Actor, id: string, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      const reminder = await tx.find(Reminder, id);
      refuseUnseen(reminder);
      if (reminder.state !== 'active' && reminder.state !== 'paused')
        throw new Problem('conflict', `This reminder is ${reminder.state}: there is nothing to pause.`);
      await tx.apply(updated(Reminder, id, { state: 'paused' }, reminderEvents.updated));
      await this.schedule.replan(tx, { ...reminder, state: 'paused' });
      return tx.one(Reminder, id, view);
    });
  }

  /** The times of a repeating reminder that passed during the pause are skipped; a reminder that rings once rings late. */
  async resume(actor: Actor, id: string, view: ObjectView): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      const reminder = await tx.find(Reminder, id);
      if (reminder.state !== 'paused')
        throw new Problem('conflict', `This reminder is ${reminder.state}: there is nothing to resume.`);
      const rings = await tx.select<Occurrence>(Occurrence, { reminderId: id, state: 'scheduled' });
      const own = rings.find(({ putsOff }) => putsOff === null);
      const planAfter = own && this.goesOn(reminder, own) ? this.clock.now() : reminder.planAfter;
      const awake = { ...reminder, state: 'active' as const, planAfter };
      const { dueAt, isOver } = await this.schedule.replan(tx, awake);
      const values = { state: isOver ? ('done' as const) : awake.state, planAfter, dueAt: dueAt ?? reminder.dueAt };
      await tx.apply(updated(Reminder, id, values, reminderEvents.updated));
      return tx.one(Reminder, id, view);
    });
  }

  /** A repeating reminder whose scheduled ring passed during the pause. If no time is left after it, that ring rings late. */
  private goesOn(reminder: Reminder, own: Occurrence): boolean {
    const now = this.clock.now();
    return isRepeating(reminder) && own.dueAt <= now && timeAfter(reminder, now) !== null;
  }
}
