import { Injectable } from '@nestjs/common';
import { addPeriod } from '../../kit/periods.js';
import { newId } from '../../kit/ids.js';
import type { Actor } from '../../platform/auth/actor.js';
import { Clock } from '../../platform/clock/clock.js';
import { updated } from '../../platform/database/changes.js';
import { Database } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { Wakeups } from '../../platform/database/wakeups.js';
import { Problem } from '../../platform/errors/problem.js';
import type { EventType } from '../../platform/events/catalogue.js';
import type { Json } from '../../platform/projection/json.js';
import type { ObjectView } from '../../platform/projection/view.js';
import { Kinds } from './kinds.service.js';
import { Occurrence } from './occurrence.entity.js';
import { Reminder } from './reminder.entity.js';
import { occurrenceEvents } from './reminder.events.js';
import type { CompleteReminderInput, SnoozeReminderInput } from './reminder.inputs.js';
import { scheduleRing } from './reminders.sql.js';
import { followingRing } from './schedule.js';

interface Ringing {
  readonly reminder: Reminder;
  readonly occurrence: Occurrence;
}

/** Answers a ring: done, put off, or waved away. The one that is open is meant, else the one that is ahead. */
@Injectable()
export class AnswersService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly kinds: Kinds,
    private readonly wakeups: Wakeups,
  ) {}

  complete(actor: Actor, id: string, input: CompleteReminderInput, view: ObjectView): Promise<Json> {
    return this.answer(actor, id, view, async (tx, ringing) => {
      await this.close(tx, ringing, { state: 'done' }, occurrenceEvents.completed);
      await this.kinds.of(ringing.reminder.kind)?.completed?.(tx, { ...ringing, note: input.note ?? null });
      await this.endWhenOver(tx, ringing, 'done');
    });
  }

  dismiss(actor: Actor, id: string, view: ObjectView): Promise<Json> {
    return this.answer(actor, id, view, async (tx, ringing) => {
      await this.close(tx, ringing, { state: 'dismissed' }, occurrenceEvents.dismissed);
      await this.endWhenOver(tx, ringing, 'dismissed');
    });
  }

  /** It rings again at that time; a repeating reminder keeps its own times besides. */
  snooze(actor: Actor, id: string, input: SnoozeReminderInput, view: ObjectView): Promise<Json> {
    return this.answer(actor, id, view, async (tx, ringing) => {
      const until = this.untilOf(input, ringing.reminder.timeZone);
      await this.close(tx, ringing, { state: 'snoozed', snoozedUntil: until }, occurrenceEvents.snoozed);
      await tx.run(scheduleRing(actor.accountId, id, newId(), until));
      if (!ringing.reminder.rrule) await tx.apply(updated(Reminder, id, { dueAt: until }, null));
    });
  }

  private async answer(
    actor: Actor,
    id: string,
    view: ObjectView,
    act: (tx: Tx, ringing: Ringing) => Promise<void>,
  ): Promise<Json> {
    const answered = await this.database.write(actor, async (tx) => {
      const reminder = await tx.find(Reminder, id);
      await act(tx, { reminder, occurrence: await this.ringOf(tx, reminder) });
      return tx.one(Reminder, id, view);
    });
    this.wakeups.signal('reminders', actor);
    return answered;
  }

  private async ringOf(tx: Tx, { id, state }: Reminder): Promise<Occurrence> {
    const open = await tx.select(Occurrence, { reminderId: id, state: 'open' });
    const ahead = open.length > 0 ? open : await tx.select(Occurrence, { reminderId: id, state: 'scheduled' });
    const sorted = [...ahead].sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
    const found = open.length > 0 ? sorted.at(-1) : sorted[0];
    if (found) return found;
    throw new Problem(
      'conflict',
      `This reminder is ${state}: no ring is open or ahead, so there is nothing to answer.`,
    );
  }

  /** Answered ahead of its time, a repeating reminder goes on with the ring after. */
  private async close(
    tx: Tx,
    { reminder, occurrence }: Ringing,
    answer: Partial<Occurrence>,
    event: EventType,
  ): Promise<void> {
    await tx.apply(updated(Occurrence, occurrence.id, { ...answer, answeredAt: this.clock.now() }, event));
    if (occurrence.state !== 'scheduled') return;
    const next = followingRing(reminder, occurrence.dueAt);
    if (!next) return;
    await tx.run(scheduleRing(tx.actor.accountId, reminder.id, newId(), next));
    await tx.apply(updated(Reminder, reminder.id, { dueAt: next }, null));
  }

  private async endWhenOver(tx: Tx, { reminder }: Ringing, state: 'done' | 'dismissed'): Promise<void> {
    const ahead = await tx.select(Occurrence, { reminderId: reminder.id, state: 'scheduled' });
    const open = await tx.select(Occurrence, { reminderId: reminder.id, state: 'open' });
    if (ahead.length + open.length === 0) await tx.apply(updated(Reminder, reminder.id, { state }, null));
  }

  private untilOf({ until, for: period }: SnoozeReminderInput, timeZone: string): Date {
    const now = this.clock.now();
    if (Boolean(until) === Boolean(period))
      throw Problem.field('/until', 'oneOf', 'Give either until, an instant, or for, a duration.');
    const ring = until ?? addPeriod(now, period ?? '', timeZone);
    if (ring > now && ring.getUTCFullYear() <= 2100) return ring;
    throw Problem.field(
      until ? '/until' : '/for',
      'notAhead',
      'A reminder can only be put off to a time ahead, until the year 2100.',
    );
  }
}
