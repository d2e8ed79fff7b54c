import { Injectable } from '@nestjs/common';
import { newId } from '../../kit/ids.js';
import type { Actor } from '../../platform/auth/actor.js';
import { inserted, removed, updated } from '../../platform/database/changes.js';
import { Database } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { Wakeups } from '../../platform/database/wakeups.js';
import { Problem } from '../../platform/errors/problem.js';
import type { Json } from '../../platform/projection/json.js';
import type { ObjectView } from '../../platform/projection/view.js';
import { ResourceService } from '../../platform/resources/resource-service.js';
import { KeeperService } from './keeper.service.js';
import { Kinds } from './kinds.service.js';
import { Reminder } from './reminder.entity.js';
import { reminderEvents } from './reminder.events.js';
import type { CreateReminderInput, UpdateReminderInput } from './reminder.inputs.js';
import { scheduleRing } from './reminders.sql.js';
import { planOf } from './schedule.js';

/** Reminders of one's own, and what is said to any reminder. */
@Injectable()
export class RemindersService extends ResourceService<CreateReminderInput, UpdateReminderInput> {
  constructor(
    database: Database,
    private readonly kinds: Kinds,
    private readonly keeper: KeeperService,
    private readonly wakeups: Wakeups,
  ) {
    super(database, Reminder, reminderEvents);
  }

  override async create(actor: Actor, input: CreateReminderInput, view: ObjectView): Promise<Json> {
    const { title, note, priority } = input;
    const plan = planOf(input, actor.calendar);
    const made = await this.database.write(actor, async (tx) => {
      const id = newId();
      const subject = await this.subjectOf(tx, input);
      await tx.apply(
        inserted(Reminder, { id, kind: 'manual', title, note, priority, ...subject, ...plan }, reminderEvents.created),
      );
      await tx.run(scheduleRing(actor.accountId, id, newId(), plan.dueAt));
      return tx.one(Reminder, id, view);
    });
    this.wakeups.signal('reminders', actor);
    return made;
  }

  override async update(actor: Actor, id: string, input: UpdateReminderInput, view: ObjectView): Promise<Json> {
    const { title, note, priority } = input;
    const changed = await this.database.write(actor, async (tx) => {
      const reminder = await tx.find(Reminder, id);
      const plan = isNewPlan(input) ? planOf(this.wishOf(reminder, input), actor.calendar) : null;
      await tx.apply(
        updated(
          Reminder,
          id,
          { title, note, priority, ...(plan ?? {}), ...(plan ? { state: 'active' } : {}) },
          reminderEvents.updated,
        ),
      );
      if (plan) await this.keeper.reschedule(tx, id, plan.dueAt);
      return tx.one(Reminder, id, view);
    });
    this.wakeups.signal('reminders', actor);
    return changed;
  }

  override async remove(actor: Actor, id: string): Promise<Json> {
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
    const [found] = await tx.select<{ id: string }>(type, { id: subjectId });
    if (found) return { subjectType, subjectId };
    const detail = `There is no ${subjectType} ${subjectId} in this account.`;
    throw new Problem('unknown_reference', detail, [{ pointer: '/subjectId', code: 'unknownReference', detail }]);
  }

  /** What was there before stands in for what is not said. */
  private wishOf(reminder: Reminder, input: UpdateReminderInput): Parameters<typeof planOf>[0] {
    ownOnly(reminder, 'scheduled');
    const when =
      input.dueAt || input.dueOn
        ? { dueAt: input.dueAt ?? null, dueOn: input.dueOn ?? null }
        : { dueAt: reminder.startsAt };
    return {
      ...when,
      timeZone: input.timeZone ?? reminder.timeZone,
      rrule: input.rrule === undefined ? reminder.rrule : input.rrule,
    };
  }
}

function isNewPlan({ dueAt, dueOn, rrule, timeZone }: UpdateReminderInput): boolean {
  return [dueAt, dueOn, rrule, timeZone].some((part) => part !== undefined);
}

function ownOnly({ kind }: Reminder, verb: string): void {
  if (kind === 'manual') return;
  throw new Problem(
    'conflict',
    `A ${kind} reminder is kept by its habit and cannot be ${verb}: change what it follows, or answer it.`,
  );
}
