import { Injectable } from '@nestjs/common';
import { newId } from '../../kit/ids.js';
import type { Actor } from '../../platform/actor/actor.js';
import { Clock } from '../../platform/clock/clock.js';
import { inserted, merged, removed, updated } from '../../platform/database/changes.js';
import { Database } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { Problem } from '../../platform/errors/problem.js';
import type { JsonText } from '../../platform/projection/json-text.js';
import type { ObjectView } from '../../platform/projection/view.js';
import { ResourceService } from '../../platform/resources/resource-service.js';
import { Kinds, MANUAL, refuseUnseen } from './kinds.service.js';
import { Occurrence } from './occurrence.entity.js';
import { Reminder } from './reminder.entity.js';
import { reminderEvents } from './reminder.events.js';
import type { CreateReminderInput, UpdateReminderInput } from './reminder.inputs.js';
import { changeOfPlan } from './timing/plan-change.js';
import type { PlanChange } from './timing/plan-change.js';
import { nameRings } from './reminders.sql.js';
import { RingSchedule } from './keeping/ring-schedule.js';
import { planOf } from './timing/schedule.js';

/** Reminders that people create, and the changes that all reminders allow. */
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
      await this.schedule.replan(tx, await tx.find(Reminder, id));
      return tx.one(Reminder, id, view);
    });
  }

  /** A new time starts a new plan. A new rule applies from now on, and open and snoozed rings stay. */
  override async update(actor: Actor, id: string, input: UpdateReminderInput, view: ObjectView): Promise<JsonText> {
    const { title, note, priority, leads, overdueAfter } = input;
    return this.database.write(actor, async (tx) => {
      const reminder = await tx.find(Reminder, id);
      refuseUnseen(reminder);
      const change = isNewPlan(input) ? await this.changeOf(tx, reminder, input) : null;
      const values = { title, note, priority, leads, overdueAfter, ...change?.values };
      if (change?.moves) await this.schedule.supersede(tx, id);
      const ahead = await this.replanned(tx, merged(reminder, values));
      await tx.apply(updated(Reminder, id, { ...values, ...ahead }, reminderEvents.updated));
      if (title !== undefined) await tx.run(nameRings(actor.accountId, id, title));
      return tx.one(Reminder, id, view);
    });
  }

  private async replanned(tx: Tx, reminder: Reminder): Promise<Partial<Pick<Reminder, 'dueAt' | 'state'>>> {
    if (reminder.state !== 'active' && reminder.state !== 'paused') return {};
    const { dueAt, isOver } = await this.schedule.replan(tx, reminder);
    return { dueAt: dueAt ?? reminder.dueAt, state: isOver ? 'done' : reminder.state };
  }

  override async remove(actor: Actor, id: string): Promise<JsonText> {
    return this.database.write(actor, async (tx) => {
      ownOnly(await tx.find(Reminder, id), 'deleted');
      return (await tx.apply(removed(Reminder, id, reminderEvents.deleted))).json;
    });
  }

  /** The subject must exist in this account. */
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

  private async changeOf(tx: Tx, reminder: Reminder, input: UpdateReminderInput): Promise<PlanChange> {
    ownOnly(reminder, 'scheduled');
    const rings = await tx.select<Occurrence>(Occurrence, { reminderId: reminder.id });
    return changeOfPlan(reminder, rings, input, tx.actor.calendar, this.clock.now());
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
