import { Injectable } from '@nestjs/common';
import { newId } from '../../../kit/ids.js';
import { inserted, removed, updated } from '../../../platform/database/changes.js';
import { Clock } from '../../../platform/clock/clock.js';
import { resourceName } from '../../../platform/contract/resources.js';
import type { AccountCalendar } from '../../../platform/actor/actor.js';
import type { Tx } from '../../../platform/database/tx.js';
import type { Kind } from '../kinds.service.js';
import { Occurrence } from '../occurrence.entity.js';
import { Reminder } from '../reminder.entity.js';
import { occurrenceEvents, reminderEvents } from '../reminder.events.js';
import { keptReminder, nameRings } from '../reminders.sql.js';
import { RingSchedule } from './ring-schedule.js';
import { lackedTime } from '../timing/schedule.js';

/** The time and title of a reminder that a feature keeps. */
export interface Plan {
  readonly title: string;
  /**
   * What the plan was derived from, as text. The same basis changes only the title, whatever happened to its rings. A different basis
   * is a new plan, even with the same date.
   */
  readonly basis: string;
  /** True when the change that led to this basis also answers the open ring. Otherwise the open ring is superseded. */
  readonly answers?: boolean;
  readonly dueAt: Date;
  /** The day, for a reminder that is due on a day. It then follows `dayStartsAt` of the account. */
  readonly dueOn?: string;
  /** The ISO 8601 period by which it repeats. Default: it rings once. */
  readonly every?: string;
  /** The ISO 8601 duration after which an unanswered ring is overdue. Default: never. */
  readonly overdueAfter?: string;
  /** Default: as it is, and `normal` for a new reminder. */
  readonly priority?: Reminder['priority'];
}

type Kept = Pick<Reminder, 'id' | 'state' | 'basis' | 'title' | 'startsAt' | 'planNumber'>;

/** Keeps the reminders of the features above up to date, in their transaction. There is at most one for a kind and a subject. */
@Injectable()
export class KeeperService {
  constructor(
    private readonly clock: Clock,
    private readonly schedule: RingSchedule,
  ) {}

  /** Creates the reminder, moves it, or leaves it unchanged. */
  async keep(tx: Tx, kind: Kind, subjectId: string, plan: Plan): Promise<void> {
    const [kept] = await tx.run<Kept>(keptReminder(tx.actor.accountId, kind.name, subjectId));
    if (kept && isSame(kept, plan)) return this.name(tx, kept, plan);
    return kept && isLive(kept) ? this.move(tx, kept, plan) : this.make(tx, kind, subjectId, plan);
  }

  /**
   * Like `keep`, for data that may be broken: sets a wrong time, and creates a reminder again that is over. Without a plan, it
   * removes the reminder.
   */
  async mend(tx: Tx, kind: Kind, subjectId: string, plan: Plan | null): Promise<void> {
    if (!plan) return this.drop(tx, kind, subjectId);
    const [kept] = await tx.run<Kept>(keptReminder(tx.actor.accountId, kind.name, subjectId));
    if (!kept || !isLive(kept)) return this.make(tx, kind, subjectId, plan);
    const stands = isSame(kept, plan) && kept.startsAt.getTime() === plan.dueAt.getTime();
    return stands ? this.name(tx, kept, plan) : this.move(tx, kept, plan);
  }

  /** Moves the plan because the settings of the account changed. Open and snoozed rings stay. */
  async shift(tx: Tx, { name }: Kind, subjectId: string, plan: Plan): Promise<void> {
    const [kept] = await tx.run<Kept>(keptReminder(tx.actor.accountId, name, subjectId));
    if (!kept || !isLive(kept)) return;
    const reminder = await tx.find(Reminder, kept.id);
    const values = { ...valuesOf(plan, tx.actor.calendar), dueAt: reminder.dueAt };
    const { dueAt } = await this.schedule.replan(tx, { ...reminder, ...values });
    await tx.apply(updated(Reminder, kept.id, { ...values, dueAt: dueAt ?? reminder.dueAt }, reminderEvents.updated));
  }

  /** After an answer, starts a plan again whose rings are used up, even with the same basis. */
  async renew(tx: Tx, { name }: Kind, subjectId: string, plan: Plan): Promise<void> {
    const [kept] = await tx.run<Kept>(keptReminder(tx.actor.accountId, name, subjectId));
    if (kept && isLive(kept) && !(await this.schedule.hasRing(tx, kept.id))) await this.move(tx, kept, plan);
  }

  /** Removes the reminder, if there is one. */
  async drop(tx: Tx, { name }: Kind, subjectId: string): Promise<void> {
    const [kept] = await tx.run<Kept>(keptReminder(tx.actor.accountId, name, subjectId));
    if (kept && isLive(kept)) await tx.apply(removed(Reminder, kept.id, reminderEvents.deleted));
  }

  private async make(tx: Tx, kind: Kind, subjectId: string, plan: Plan): Promise<void> {
    const id = newId();
    const about = { kind: kind.name, subjectType: subjectTypeOf(kind), subjectId };
    const whose = { id, timeZone: tx.actor.calendar.timeZone, followsAccount: true };
    await tx.apply(
      inserted(
        Reminder,
        { ...valuesOf(plan, tx.actor.calendar), ...whose, leads: [], ...about },
        reminderEvents.created,
      ),
    );
    await this.schedule.replan(tx, await tx.find(Reminder, id));
  }

  private async move(tx: Tx, { id, planNumber, title }: Kept, plan: Plan): Promise<void> {
    const values = { ...valuesOf(plan, tx.actor.calendar), planNumber: planNumber + 1, planAfter: null };
    await tx.apply(updated(Reminder, id, values, reminderEvents.updated));
    if (plan.answers) await this.answerOpen(tx, id);
    await this.schedule.supersede(tx, id);
    if (title !== plan.title) await tx.run(nameRings(tx.actor.accountId, id, plan.title));
    await this.schedule.replan(tx, await tx.find(Reminder, id));
  }

  private async name(tx: Tx, kept: Kept, { title, basis }: Plan): Promise<void> {
    const { id } = kept;
    const named = isLive(kept) ? { title, basis } : { basis };
    const { changed } = await tx.apply(
      updated(Reminder, id, named, title === kept.title ? null : reminderEvents.updated),
    );
    if (changed && isLive(kept)) await tx.run(nameRings(tx.actor.accountId, id, title));
  }

  private async answerOpen(tx: Tx, reminderId: string): Promise<void> {
    for (const { id } of await tx.select<Occurrence>(Occurrence, { reminderId, state: 'open' })) {
      const answer = { state: 'done', answeredAt: this.clock.now(), wakesAt: null } as const;
      await tx.apply(updated(Occurrence, id, answer, occurrenceEvents.completed));
    }
  }
}

function isLive({ state }: Kept): boolean {
  return state === 'active' || state === 'paused';
}

/** A reminder from before bases were stored is compared by its time. */
function isSame({ basis, startsAt }: Kept, plan: Plan): boolean {
  return basis === plan.basis || (basis === null && startsAt.getTime() === plan.dueAt.getTime());
}

function subjectTypeOf({ name, subject, about }: Kind): string {
  const noun = subject ? resourceName(subject).noun : about;
  if (!noun) throw new Error(`Nothing is kept of the kind ${name}, which has no subject.`);
  return noun;
}

function valuesOf(
  { title, basis, dueAt, dueOn, every, overdueAfter, priority }: Plan,
  { timeZone, dayStartsAt }: AccountCalendar,
) {
  return {
    wallTime: dueOn ? lackedTime(dueAt, timeZone, dayStartsAt) : null,
    title,
    basis,
    dueAt,
    startsAt: dueAt,
    dueOn: dueOn ?? null,
    every: every ?? null,
    overdueAfter: overdueAfter ?? null,
    ...(priority ? { priority } : {}),
  };
}
