import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { topic } from '../../platform/database/topics.js';
import type { Tx } from '../../platform/database/tx.js';
import { quietOf } from './kinds.service.js';
import { dropRings, knownRings, placeRings, supersedeRings } from './reminders.sql.js';
import { replanning } from './replanning.js';
import type { Planned, Replanning } from './replanning.js';
import type { KnownRing } from './rings-ahead.js';

/** There may be rings for the scheduler, or sooner ones than it knows of. */
export const RINGS = topic('rings');

/** Brings the rings of a reminder to what its plan says, inside the write that decides so. */
@Injectable()
export class RingSchedule {
  constructor(private readonly clock: Clock) {}

  /** Once or twice, it comes to the same. The scheduler is woken here, so that no verb can forget to. */
  async replan(tx: Tx, plan: Planned): Promise<Pick<Replanning, 'dueAt' | 'isOver'>> {
    const { accountId, calendar } = tx.actor;
    const known = await tx.run<KnownRing>(knownRings(accountId, plan.id));
    const { changed, extra, ...next } = replanning(plan, known, this.clock.now(), quietOf(plan.kind, calendar));
    if (extra.length > 0) await tx.run(dropRings(accountId, extra));
    if (changed.length > 0) await tx.run(placeRings(accountId, plan.id, changed));
    if (changed.length > 0) tx.wake(RINGS);
    return next;
  }

  /** The time was moved: what was open or snoozed is of the time before, and nobody is told of it any more. */
  async supersede(tx: Tx, reminderId: string): Promise<void> {
    await tx.run(supersedeRings(tx.actor.accountId, reminderId, this.clock.now()));
  }
  /** Another reminder has taken its place: nothing of this one is open or ahead any more. */
  async clear(tx: Tx, reminderId: string): Promise<void> {
    const { accountId } = tx.actor;
    const known = await tx.run<KnownRing>(knownRings(accountId, reminderId));
    const ahead = known.filter(({ state }) => state === 'scheduled').map(({ id }) => id);
    if (ahead.length > 0) await tx.run(dropRings(accountId, ahead));
    await this.supersede(tx, reminderId);
  }
}
