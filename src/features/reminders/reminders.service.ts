import { Injectable } from '@nestjs/common';
import { newId } from '../../kit/ids.js';
import type { AccountCalendar, Actor } from '../../platform/actor/actor.js';
import { Clock } from '../../platform/clock/clock.js';
import { inserted, merged, removed, updated } from '../../platform/database/changes.js';
import { Database } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { Problem } from '../../platform/errors/problem.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { ObjectView } from '../../platform/projection/view.js';
import { ResourceService } from '../../platform/resources/resource-service.js';
import { Kinds, MANUAL } from './kinds.service.js';
import { Occurrence } from './occurrence.entity.js';
import { Reminder } from './reminder.entity.js';
import { reminderEvents } from './reminder.events.js';
import type { CreateReminderInput, UpdateReminderInput } from './reminder.inputs.js';
import { isRepeating } from './repeats.js';
import { RingSchedule } from './ring-schedule.js';
import { planOf } from './schedule.js';
import type { Plan } from './schedule.js';

/** Reminders of one's own, and what is said to any reminder. */
@Injectable()
export class RemindersService extends ResourceService<CreateReminderInput, UpdateReminderInput> {
  constructor(
    database: Database,
    private readonly kinds: Kinds,
    private readonly schedule: RingSchedule,
    private readonly clock: Clock,
  ) {
    super(database, Reminder, reminderEvents);
  }

  override async create(actor: Actor, input: CreateReminderInput, view: ObjectView): Promise<JsonText> {
    const { title, note, priority, leads = [], overdueAfter } = input;
    const plan = planOf(input, actor.calendar);
    return this.database.write(actor, async (tx) => {
      const id = newId();
      const subject = await this.subjectOf(tx, input);
      const said = { title, note, priority, leads, overdueAfter };
      await tx.apply(
        inserted(Reminder, { id, kind: MANUAL.name, ...said, ...subject, ...plan }, reminderEvents.created),
      );
      await this.schedule.add(tx, { id, leads, timeZone: plan.timeZone }, plan.dueAt);
      return tx.one(Reminder, id, view);
    });
  }

  /** A new time or rule schedules it anew: unless it begins anew, with the first ring that is not past. */
  override async update(actor: Actor, id: string, input: UpdateReminderInput, view: ObjectView): Promise<JsonText> {
    const { title, note, priority, leads, overdueAfter } = input;
    return this.database.write(actor, async (tx) => {
      const reminder = await tx.find(Reminder, id);
      const plan = isNewPlan(input) ? this.newPlan(reminder, input, actor.calendar) : null;
      const moves = plan !== null && (isRepeating(plan) || plan.dueAt.getTime() !== reminder.dueAt.getTime());
      const revived = moves && reminder.state !== 'paused' ? { state: 'active' as const } : {};
      const values = { title, note, priority, leads, overdueAfter, ...(plan ?? {}), ...revived };
      await tx.apply(updated(Reminder, id, values, reminderEvents.updated));
      const after = merged(reminder, values);
      if (moves) await this.schedule.move(tx, after, after.dueAt);
      else if (leads) await this.wakeAhead(tx, after);
      return tx.one(Reminder, id, view);
    });
  }

  override async remove(actor: Actor, id: string): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      ownOnly(await tx.find(Reminder, id), 'deleted');
      return (await tx.apply(removed(Reminder, id, reminderEvents.deleted))).json;
    });
  }

  /** What a reminder of one's own is about must be there, in this account. */
  private async subjectOf(
    tx: Tx,
    { subjectType, subjectId }: CreateReminderInput,
  ): Promise<{ subjectType?: string; subjectId?: string }> {
    if (!subjectType && !subjectId) return {};
    if (!subjectType || !subjectId)
      throw Problem.field('/subjectType', 'bothOrNone', 'Give subjectType and subjectId together, or neither.');
    const type = this.kinds.subject(subjectType);
    if (!type)
      throw Problem.field(
        '/subjectType',
        'unknownSubject',
        `A reminder can be about: ${this.kinds.subjectNouns.join(', ')}.`,
      );
    await tx.linked(type, subjectId, '/subjectId');
    return { subjectType, subjectId };
  }

  private async wakeAhead(tx: Tx, reminder: Reminder): Promise<void> {
    if (reminder.state === 'paused') return;
    const ahead = await tx.select<Occurrence>(Occurrence, { reminderId: reminder.id, state: 'scheduled' });
    for (const ring of ahead) await this.schedule.wake(tx, reminder, ring);
  }

  /** What was there before stands in for what is not said. */
  private newPlan(reminder: Reminder, input: UpdateReminderInput, calendar: AccountCalendar): Plan {
    ownOnly(reminder, 'scheduled');
    const { rrule, every, anchor, timeZone, followsAccount } = reminder;
    const begins = Boolean(input.dueAt ?? input.dueOn);
    const when = begins
      ? { dueAt: input.dueAt ?? null, dueOn: input.dueOn ?? null }
      : reminder.dueOn
        ? { dueOn: reminder.dueOn }
        : { dueAt: reminder.startsAt };
    const zone = { timeZone: input.timeZone ?? (followsAccount ? null : timeZone) };
    return planOf(
      { ...when, ...zone, ...merged({ rrule, every, anchor }, input) },
      calendar,
      begins ? null : this.clock.now(),
    );
  }
}

function isNewPlan({ dueAt, dueOn, rrule, every, anchor, timeZone }: UpdateReminderInput): boolean {
  return [dueAt, dueOn, rrule, every, anchor, timeZone].some((part) => part !== undefined);
}

function ownOnly({ kind }: Reminder, verb: string): void {
  if (kind === MANUAL.name) return;
  throw new Problem(
    'conflict',
    `A ${kind} reminder is kept by its habit and cannot be ${verb}: change what it follows, or answer it.`,
  );
}
