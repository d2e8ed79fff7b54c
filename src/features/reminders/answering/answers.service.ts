import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/actor/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { updated } from '../../../platform/database/changes.js';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Problem } from '../../../platform/errors/problem.js';
import type { EventType } from '../../../platform/contract/catalogue.js';
import type { JsonText } from '../../../platform/projection/json-text.js';
import type { ObjectView } from '../../../platform/projection/view.js';
import { Kinds, refuseUnseen } from '../kinds.service.js';
import { Occurrence } from '../occurrence.entity.js';
import { Reminder } from '../reminder.entity.js';
import { occurrenceEvents } from '../reminder.events.js';
import type { CompleteReminderInput, SnoozeReminderInput } from '../reminder.inputs.js';
import { isRepeating } from '../timing/repeats.js';
import { RingSchedule } from '../keeping/ring-schedule.js';
import { snoozedUntil } from './snoozes.js';

interface Ringing {
  readonly reminder: Reminder;
  readonly occurrence: Occurrence;
}

/** An answer to a ring: its new state, and the note or touch that comes with it. */
export type RingAnswer =
  | ({ readonly verb: 'complete' } & CompleteReminderInput)
  | ({ readonly verb: 'snooze' } & SnoozeReminderInput)
  | { readonly verb: 'dismiss' };

/** Answers a ring: complete, snooze, dismiss or skip. Unless a ring is named, this is the open one, or else the next one. */
@Injectable()
export class AnswersService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly kinds: Kinds,
    private readonly schedule: RingSchedule,
  ) {}

  complete(actor: Actor, id: string, input: CompleteReminderInput, view: ObjectView): Promise<JsonText> {
    return this.answer(actor, id, view, { verb: 'complete', ...input });
  }

  dismiss(actor: Actor, id: string, view: ObjectView): Promise<JsonText> {
    return this.answer(actor, id, view, { verb: 'dismiss' });
  }

  snooze(actor: Actor, id: string, input: SnoozeReminderInput, view: ObjectView): Promise<JsonText> {
    return this.answer(actor, id, view, { verb: 'snooze', ...input });
  }

  /** Answers this ring and no other. @throws Problem `conflict` when it was answered already. */
  async answerRing(actor: Actor, occurrenceId: string, said: RingAnswer): Promise<Occurrence> {
    return this.database.write(actor, async (tx) => {
      const occurrence = await tx.find(Occurrence, occurrenceId);
      if (occurrence.state !== 'open' && occurrence.state !== 'scheduled')
        throw new Problem('conflict', `This ring is ${occurrence.state} already.`);
      await this.carryOut(tx, { reminder: await tx.find(Reminder, occurrence.reminderId), occurrence }, said);
      return tx.find(Occurrence, occurrenceId);
    });
  }

  /** Cancels the scheduled ring, so that the one after it is next. */
  skip(actor: Actor, id: string, view: ObjectView): Promise<JsonText> {
    return this.write(actor, id, view, async (tx, reminder) => {
      const rings = await tx.select<Occurrence>(Occurrence, { reminderId: id, state: 'scheduled' });
      const ahead = rings.find(({ putsOff }) => putsOff === null);
      if (!isRepeating(reminder) || !ahead)
        throw new Problem('conflict', 'There is no ring ahead that another would follow: dismiss it instead.');
      await this.close(tx, { reminder, occurrence: ahead }, { state: 'dismissed' }, occurrenceEvents.dismissed);
      await this.goOn(tx, reminder.id, 'done');
    });
  }

  private answer(actor: Actor, id: string, view: ObjectView, said: RingAnswer): Promise<JsonText> {
    return this.write(actor, id, view, async (tx, reminder) =>
      this.carryOut(tx, { reminder, occurrence: await this.ringOf(tx, reminder) }, said),
    );
  }

  private async carryOut(tx: Tx, ringing: Ringing, said: RingAnswer): Promise<void> {
    const { reminder } = ringing;
    switch (said.verb) {
      case 'complete':
        await this.close(tx, ringing, { state: 'done' }, occurrenceEvents.completed);
        await this.kinds.effectsOf(reminder.kind).completed?.(tx, { ...ringing, note: said.note ?? null });
        return this.goOn(tx, reminder.id, 'done');
      case 'dismiss':
        await this.close(tx, ringing, { state: 'dismissed' }, occurrenceEvents.dismissed);
        await this.kinds.effectsOf(reminder.kind).dismissed?.(tx, { ...ringing, note: null });
        return this.goOn(tx, reminder.id, 'dismissed');
      case 'snooze':
        return this.putOff(tx, ringing, snoozedUntil(said, reminder.timeZone, tx.actor.calendar, this.clock.now()));
    }
  }

  /** The ring comes back at that time. The other times of a repeating reminder stay as they are. */
  private async putOff(tx: Tx, ringing: Ringing, until: Date): Promise<void> {
    await this.close(tx, ringing, { state: 'snoozed', snoozedUntil: until }, occurrenceEvents.snoozed);
    await this.goOn(tx, ringing.reminder.id, 'done');
  }

  private async write(
    actor: Actor,
    id: string,
    view: ObjectView,
    act: (tx: Tx, reminder: Reminder) => Promise<void>,
  ): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      const reminder = await tx.find(Reminder, id);
      refuseUnseen(reminder);
      await act(tx, reminder);
      return tx.one(Reminder, id, view);
    });
  }

  private async ringOf(tx: Tx, { id, state }: Reminder): Promise<Occurrence> {
    const open = soonestFirst(await tx.select<Occurrence>(Occurrence, { reminderId: id, state: 'open' }));
    const ahead = soonestFirst(await tx.select<Occurrence>(Occurrence, { reminderId: id, state: 'scheduled' }));
    const found = open.at(-1) ?? ahead[0];
    if (found) return found;
    throw new Problem(
      'conflict',
      `This reminder is ${state}: no ring is open or ahead, so there is nothing to answer.`,
    );
  }

  private async close(tx: Tx, { occurrence }: Ringing, answer: Partial<Occurrence>, event: EventType): Promise<void> {
    const values = { ...answer, answeredAt: this.clock.now(), wakesAt: null };
    await tx.apply(updated(Occurrence, occurrence.id, values, event));
  }

  /** Schedules what the plan says is next. With no ring open or scheduled, the reminder is done. A hook of its kind may have moved it before. */
  private async goOn(tx: Tx, id: string, end: 'done' | 'dismissed'): Promise<void> {
    const [reminder] = await tx.select(Reminder, { id });
    if (!reminder || reminder.state === 'done' || reminder.state === 'dismissed') return;
    const { dueAt, isOver } = await this.schedule.replan(tx, reminder);
    const values = { dueAt: dueAt ?? reminder.dueAt, state: isOver ? end : reminder.state };
    await tx.apply(updated(Reminder, id, values, null));
  }
}

function soonestFirst(rings: readonly Occurrence[]): Occurrence[] {
  return [...rings].sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
}
