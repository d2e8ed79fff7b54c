import { Injectable } from '@nestjs/common';
import { newId } from '../../kit/ids.js';
import { Clock } from '../../platform/clock/clock.js';
import { topic } from '../../platform/database/topics.js';
import type { Statement, Tx } from '../../platform/database/tx.js';
import type { Occurrence } from './occurrence.entity.js';
import { hushRings, scheduleRing, unschedule, wakeRing } from './reminders.sql.js';
import { ringTimes } from './ring-times.js';
import type { Telling } from './ring-times.js';

/** There may be rings for the scheduler, or sooner ones than it knows of. */
export const RINGS = topic('rings');

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
    await this.write(tx, scheduleRing(tx.actor.accountId, reminder.id, newId(), times));
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
    await this.write(tx, wakeRing(tx.actor.accountId, id, wakesAt));
  }

  /** Where rings get their times the scheduler is woken, so that no verb can forget to. */
  private async write(tx: Tx, statement: Statement): Promise<void> {
    await tx.run(statement);
    tx.wake(RINGS);
  }
}
