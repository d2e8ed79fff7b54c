import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { topic } from '../../../platform/database/topics.js';
import type { Tx } from '../../../platform/database/tx.js';
import { quietOf } from '../kinds.service.js';
import { dropRings, knownRings, placeRings, supersedeRings } from '../reminders.sql.js';
import { replanning } from '../timing/replanning.js';
import type { Planned, Replanning } from '../timing/replanning.js';
import type { KnownRing } from '../timing/rings-ahead.js';

/** Wakes the scheduler: there may be a new or an earlier ring. */
export const RINGS = topic('rings');

/** Keeps the rings of a reminder in line with its plan, in the transaction that changes it. */
@Injectable()
export class RingSchedule {
  constructor(private readonly clock: Clock) {}

  /** Idempotent. It wakes the scheduler, so that no verb can forget to. */
  async replan(tx: Tx, plan: Planned): Promise<Pick<Replanning, 'dueAt' | 'isOver'>> {
    const { accountId, calendar } = tx.actor;
    const now = this.clock.now();
    const known = await tx.run<KnownRing>(knownRings(accountId, plan.id));
    const { changed, extra, ...next } = replanning(plan, known, now, quietOf(plan.kind, calendar));
    if (extra.length > 0) await tx.run(dropRings(accountId, extra));
    if (changed.length > 0) await tx.run(placeRings(accountId, plan.id, changed, now));
    if (changed.length > 0) tx.wake(RINGS);
    return next;
  }

  /** Ends open and snoozed rings, because the time was moved. */
  async supersede(tx: Tx, reminderId: string): Promise<void> {
    await tx.run(supersedeRings(tx.actor.accountId, reminderId, this.clock.now()));
  }

  /** Whether a ring is open or scheduled. */
  async hasRing(tx: Tx, reminderId: string): Promise<boolean> {
    const known = await tx.run<KnownRing>(knownRings(tx.actor.accountId, reminderId));
    return known.some(({ state }) => state === 'open' || state === 'scheduled');
  }

  /** Deletes and ends all rings, because another reminder takes the place of this one. */
  async clear(tx: Tx, reminderId: string): Promise<void> {
    const { accountId } = tx.actor;
    const known = await tx.run<KnownRing>(knownRings(accountId, reminderId));
    const ahead = known.filter(({ state }) => state === 'scheduled').map(({ id }) => id);
    if (ahead.length > 0) await tx.run(dropRings(accountId, ahead));
    await this.supersede(tx, reminderId);
  }
}
