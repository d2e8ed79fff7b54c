import { Injectable } from '@nestjs/common';
import { newId } from '../../../kit/ids.js';
import { atLocalTime, localDateOf } from '../../../kit/instants.js';
import { Clock } from '../../../platform/clock/clock.js';
import { isFull } from '../../../platform/database/at-most.js';
import { inserted, merged, updated } from '../../../platform/database/changes.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Problem } from '../../../platform/errors/problem.js';
import { Contact } from '../../contacts/contact.entity.js';
import { KeeperService } from '../../reminders/keeping/keeper.service.js';
import type { Plan } from '../../reminders/keeping/keeper.service.js';
import { Recruiter } from '../recruiter.entity.js';
import { recruiterEvents } from '../recruiter.events.js';
import { CHECK_BACK, checkBackTitle } from '../recruiter.kinds.js';
import { CheckBack, STANDING } from './check-back.entity.js';
import { checkBackEvents } from './check-back.events.js';
import { CHECK_BACK_ENDS } from './check-back.kinds.js';
import { countOfCheckBacks } from './check-backs.sql.js';
import { MOST_CHECK_BACKS } from './reliability.js';
import { missedOn } from './window.js';

type Due = Pick<CheckBack, 'id' | 'dueOn'>;

/** How long a check-back may stay unanswered before `reminder.overdue` is sent. */
const ANSWERED_WITHIN = 'P7D';

/**
 * Parking, in the transaction of whoever changes it: the recruiter, the check-back that stands, our own reminder of it, and the time at which it ends. A
 * parking has the id of its check-back. Callers lock the recruiter before check-backs, so that they wait for each other.
 */
@Injectable()
export class Parking {
  constructor(
    private readonly clock: Clock,
    private readonly keeper: KeeperService,
  ) {}

  /** Parks a recruiter until a day. Whoever is parked already is not expected any more at the day before. */
  async begin(tx: Tx, recruiter: Recruiter, dueOn: string): Promise<void> {
    await this.refuseMore(tx, recruiter.id);
    await this.waive(tx, recruiter.id, 'They were parked again.');
    const checkBack = await this.expect(tx, recruiter.id, dueOn, this.today(tx));
    const values = { status: 'parked', parkedUntil: startOf(tx, dueOn), parking: checkBack.id } as const;
    await tx.apply(updated(Recruiter, recruiter.id, values, recruiterEvents.updated));
    await this.remind(tx, merged(recruiter, values), checkBack);
  }

  /** Nobody expects them any more. The caller changes the recruiter. */
  async leave(tx: Tx, recruiterId: string, why: string): Promise<void> {
    await this.waive(tx, recruiterId, why);
    await this.keeper.drop(tx, CHECK_BACK, recruiterId);
  }

  /** They came back in time: nothing reminds of them, and they are not parked, unless that is another parking. */
  async arrive(tx: Tx, { id, recruiterId }: CheckBack, status: Recruiter['status']): Promise<void> {
    await this.keeper.drop(tx, CHECK_BACK_ENDS, id);
    const recruiter = await tx.find(Recruiter, recruiterId);
    if (recruiter.status !== 'parked' || recruiter.parking !== id) return;
    await this.keeper.drop(tx, CHECK_BACK, recruiterId);
    await tx.apply(updated(Recruiter, recruiterId, { status, parkedUntil: null }, recruiterEvents.updated));
  }

  /** Parks a recruiter again, as before they came back. */
  async resume(tx: Tx, recruiter: Recruiter, { id, dueOn, state }: CheckBack): Promise<void> {
    const values = { status: 'parked', parkedUntil: startOf(tx, dueOn) } as const;
    await tx.apply(updated(Recruiter, recruiter.id, values, recruiterEvents.updated));
    if (isStanding(state)) await this.remind(tx, merged(recruiter, values), { id, dueOn });
  }

  /** They did not come back. Somebody else may have settled it meanwhile. */
  async miss(tx: Tx, recruiterId: string, checkBackId: string): Promise<void> {
    await tx.find(Recruiter, recruiterId);
    const { state, dueOn } = await tx.find(CheckBack, checkBackId);
    if (!isStanding(state)) return;
    const evidence = `They were expected about ${dueOn}, and did not come back in time.`;
    const values = { state: 'missed', settledAt: this.clock.now(), evidence, former: null } as const;
    await tx.apply(updated(CheckBack, checkBackId, values, checkBackEvents.missed));
    await this.keeper.drop(tx, CHECK_BACK, recruiterId);
  }

  /** The contact is there again, or in the trash: what becomes due follows it. */
  async followContact(tx: Tx, recruiter: Recruiter, there: boolean): Promise<void> {
    const standing = await this.standing(tx, recruiter.id);
    if (standing && there) return this.remind(tx, recruiter, standing);
    await this.keeper.drop(tx, CHECK_BACK, recruiter.id);
    if (standing) await this.keeper.drop(tx, CHECK_BACK_ENDS, standing.id);
  }

  /** Brings what is broken to what the recruiter says: who is parked has a check-back, and who is not, or is gone, is not expected. */
  async mend(tx: Tx, recruiterId: string): Promise<void> {
    const [recruiter] = await tx.select(Recruiter, { id: recruiterId });
    const standing = recruiter ? await this.mendStanding(tx, recruiter) : null;
    const plans = recruiter && standing ? await this.plansOf(tx, recruiter, standing) : null;
    await this.keeper.mend(tx, CHECK_BACK, recruiterId, plans?.ours ?? null);
    if (standing) await this.keeper.mend(tx, CHECK_BACK_ENDS, standing.id, plans?.end ?? null);
  }

  /** The same for the day on which one check-back is missed. */
  async mendEnd(tx: Tx, recruiterId: string, checkBackId: string): Promise<void> {
    const recruiter = await tx.find(Recruiter, recruiterId);
    const { id, dueOn, state } = await tx.find(CheckBack, checkBackId);
    const plans = isStanding(state) ? await this.plansOf(tx, recruiter, { id, dueOn }) : null;
    await this.keeper.mend(tx, CHECK_BACK_ENDS, id, plans?.end ?? null);
  }

  private async mendStanding(tx: Tx, recruiter: Recruiter): Promise<Due | null> {
    const { id, status, parkedUntil, parking } = recruiter;
    const found = await this.standing(tx, id);
    if (status !== 'parked') {
      if (found) await this.waive(tx, id, 'They are not parked.');
      return null;
    }
    const isOver = parking !== null && (await tx.select(CheckBack, { id: parking, recruiterId: id })).length > 0;
    if (!found && (isOver || !parkedUntil)) return null;
    const standing = found ?? (await this.expectAsParked(tx, recruiter));
    const values = { parking: standing.id, parkedUntil: startOf(tx, standing.dueOn) };
    await tx.apply(updated(Recruiter, id, values, recruiterEvents.updated));
    return standing;
  }

  /** Since when is not known: at the latest when they were last changed. */
  private async expectAsParked(tx: Tx, { id, parkedUntil, updatedAt }: Recruiter): Promise<Due> {
    const { timeZone } = tx.actor.calendar;
    const dueOn = localDateOf(parkedUntil ?? this.clock.now(), timeZone);
    const since = localDateOf(updatedAt, timeZone);
    return this.expect(tx, id, dueOn, since < dueOn ? since : dueOn);
  }

  private async expect(tx: Tx, recruiterId: string, dueOn: string, madeOn: string): Promise<Due> {
    const id = newId();
    const values = { id, recruiterId, madeOn, dueOn, state: 'open' } as const;
    await tx.apply(inserted(CheckBack, values, checkBackEvents.made));
    return { id, dueOn };
  }

  private async waive(tx: Tx, recruiterId: string, evidence: string): Promise<void> {
    const standing = await this.standing(tx, recruiterId);
    if (!standing) return;
    const values = { state: 'waived', settledAt: this.clock.now(), evidence, former: null } as const;
    await tx.apply(updated(CheckBack, standing.id, values, checkBackEvents.waived));
    await this.keeper.drop(tx, CHECK_BACK_ENDS, standing.id);
  }

  /** The check-back that may still be kept or missed. */
  private async standing(tx: Tx, recruiterId: string): Promise<CheckBack | null> {
    const [standing] = await tx.select(CheckBack, { recruiterId, state: [...STANDING] });
    return standing ?? null;
  }

  private async remind(tx: Tx, recruiter: Recruiter, due: Due): Promise<void> {
    const plans = await this.plansOf(tx, recruiter, due);
    if (!plans) return;
    await this.keeper.keep(tx, CHECK_BACK, recruiter.id, plans.ours);
    await this.keeper.keep(tx, CHECK_BACK_ENDS, due.id, plans.end);
  }

  /** Our own reminder, and the day on which the time to come back is over; none while the contact is in the trash. */
  private async plansOf(
    tx: Tx,
    { contactId }: Recruiter,
    { id, dueOn }: Due,
  ): Promise<{ ours: Plan; end: Plan } | null> {
    const [contact] = await tx.select(Contact, { id: contactId });
    if (!contact) return null;
    const title = checkBackTitle(contact.name);
    const end = missedOn(dueOn);
    return {
      ours: { title, basis: `parking ${id}`, answers: true, ...dayOf(tx, dueOn), overdueAfter: ANSWERED_WITHIN },
      end: { title: 'The time to come back is over', basis: `due on ${dueOn}`, ...dayOf(tx, end) },
    };
  }

  /** @throws Problem, so that no recruiter has a history without end */
  private async refuseMore(tx: Tx, recruiterId: string): Promise<void> {
    if (!(await isFull(tx, countOfCheckBacks(tx.actor.accountId, recruiterId), MOST_CHECK_BACKS))) return;
    throw new Problem(
      'conflict',
      `They were parked ${MOST_CHECK_BACKS} times already, which is the limit: mute them instead.`,
    );
  }

  private today(tx: Tx): string {
    return localDateOf(this.clock.now(), tx.actor.calendar.timeZone);
  }
}

export function isStanding(state: CheckBack['state']): boolean {
  return STANDING.some((one) => one === state);
}

function dayOf(tx: Tx, day: string): Pick<Plan, 'dueAt' | 'dueOn'> {
  return { dueAt: startOf(tx, day), dueOn: day };
}

function startOf({ actor }: Tx, day: string): Date {
  return atLocalTime(day, actor.calendar.dayStartsAt, actor.calendar.timeZone);
}
