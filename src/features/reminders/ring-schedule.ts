import { Injectable } from '@nestjs/common';
import { newId } from '../../kit/ids.js';
import { Clock } from '../../platform/clock/clock.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Occurrence } from './occurrence.entity.js';
import { hushRings, scheduleRing, unschedule, wakeRing } from './reminders.sql.js';
import { ringTimes } from './ring-times.js';
import type { Telling } from './ring-times.js';

interface Ringer extends Telling {
  readonly id: string;
}

/** Puts rings ahead, moves them and lets them sleep, inside the write that decides so. */
@Injectable()
export class RingSchedule {
  constructor(private readonly clock: Clock) {}

  /** One more ring, unless the reminder has one at that very time. */
  async add(tx: Tx, reminder: Ringer, dueAt: Date): Promise<void> {
    const times = ringTimes(reminder, dueAt, tx.actor.calendar, this.clock.now());
    await tx.run(scheduleRing(tx.actor.accountId, reminder.id, newId(), times));
  }

  /** The one ring that is ahead, put at another time. */
  async move(tx: Tx, reminder: Ringer, dueAt: Date): Promise<void> {
    await tx.run(unschedule(tx.actor.accountId, reminder.id));
    await this.add(tx, reminder, dueAt);
  }

  async hush(tx: Tx, reminderId: string): Promise<void> {
    await tx.run(hushRings(tx.actor.accountId, reminderId));
  }

  /** The ring that is there is looked at again, as its leads are now. */
  async wake(tx: Tx, reminder: Ringer, { id, dueAt }: Occurrence): Promise<void> {
    const { wakesAt } = ringTimes(reminder, dueAt, tx.actor.calendar, this.clock.now());
    await tx.run(wakeRing(tx.actor.accountId, id, wakesAt));
  }
}
