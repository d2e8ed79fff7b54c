import { Injectable } from '@nestjs/common';
import { newId } from '../../kit/ids.js';
import { inserted, removed, updated } from '../../platform/database/changes.js';
import { Clock } from '../../platform/clock/clock.js';
import { resourceName } from '../../platform/contract/resources.js';
import type { AccountCalendar } from '../../platform/actor/actor.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Kind } from './kinds.service.js';
import { Occurrence } from './occurrence.entity.js';
import { Reminder } from './reminder.entity.js';
import { occurrenceEvents, reminderEvents } from './reminder.events.js';
import { keptReminder, nameRings } from './reminders.sql.js';
import { RingSchedule } from './ring-schedule.js';
import { lackedTime } from './schedule.js';

/** When a reminder that a feature keeps by itself is due, and what it says. */
export interface Plan {
  readonly title: string;
  /**
   * What it was derived from, as text. The same again changes nothing but the title, whatever became of its rings; another
   * is another plan, even when it comes to the same date.
   */
  readonly basis: string;
  /** What made the basis answers a ring that is still open; else that ring is superseded. */
  readonly answers?: boolean;
  readonly dueAt: Date;
  /** The day, when it is due for a day: it then moves with the start of the account's days. */
  readonly dueOn?: string;
  /** By what it repeats, an ISO 8601 period; once unless given. */
  readonly every?: string;
  /** How long a ring may stay unanswered, an ISO 8601 duration; never told of unless given. */
  readonly overdueAfter?: string;
}

type Kept = Pick<Reminder, 'id' | 'state' | 'basis' | 'title' | 'startsAt' | 'planNumber'>;

/** For features above: keeps their reminders in step, inside their own transaction; one at most for a kind and a subject. */
@Injectable()
export class KeeperService {
  constructor(
    private readonly clock: Clock,
    private readonly schedule: RingSchedule,
  ) {}

  /** Makes the reminder, moves it, or leaves it alone. */
  async keep(tx: Tx, kind: Kind, subjectId: string, plan: Plan): Promise<void> {
    const [kept] = await tx.run<Kept>(keptReminder(tx.actor.accountId, kind.name, subjectId));
    if (kept && isSame(kept, plan)) return this.name(tx, kept, plan);
    return kept && isLive(kept) ? this.move(tx, kept, plan) : this.make(tx, kind, subjectId, plan);
  }

  /**
   * As `keep`, for what may be broken: a time that differs is set, and one that is over is made again. Without a plan, the
   * reminder is taken away.
   */
  async mend(tx: Tx, kind: Kind, subjectId: string, plan: Plan | null): Promise<void> {
    if (!plan) return this.drop(tx, kind, subjectId);
    const [kept] = await tx.run<Kept>(keptReminder(tx.actor.accountId, kind.name, subjectId));
    if (!kept || !isLive(kept)) return this.make(tx, kind, subjectId, plan);
    const stands = isSame(kept, plan) && kept.startsAt.getTime() === plan.dueAt.getTime();
    return stands ? this.name(tx, kept, plan) : this.move(tx, kept, plan);
  }

  /** Takes the reminder away, if there is one. */
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

/** One that was made before bases were kept is known by its time. */
function isSame({ basis, startsAt }: Kept, plan: Plan): boolean {
  return basis === plan.basis || (basis === null && startsAt.getTime() === plan.dueAt.getTime());
}

function subjectTypeOf({ name, subject, about }: Kind): string {
  const noun = subject ? resourceName(subject).noun : about;
  if (!noun) throw new Error(`Nothing is kept of the kind ${name}, which has no subject.`);
  return noun;
}

function valuesOf(
  { title, basis, dueAt, dueOn, every, overdueAfter }: Plan,
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
  };
}
