import { atLocalTime, inZone, instantOfWallTime, localDateOf } from '../../../kit/instants.js';
import type { AccountCalendar } from '../../../platform/actor/actor.js';
import { isRepeating } from '../repeats.js';
import type { Repeating } from '../repeats.js';
import { ringTimes } from '../ring-times.js';
import type { Telling } from '../ring-times.js';

/** A live reminder with the ring that is ahead of it, if there is one. */
export interface Live extends Repeating, Telling {
  readonly id: string;
  readonly state: 'active' | 'paused';
  readonly dueOn: string | null;
  readonly dueAt: Date;
  readonly followsAccount: boolean;
  readonly ringId: string | null;
  readonly ringDueAt: Date | null;
}

/** Where a reminder and its ring belong under new settings. */
export interface Move {
  readonly id: string;
  readonly time_zone: string;
  readonly starts_at: Date;
  readonly due_at: Date;
  readonly ring_id: string | null;
  readonly ring_due_at: Date | null;
  readonly rings_at: Date | null;
  readonly wakes_at: Date | null;
}

/**
 * What stands on a wall clock keeps its place there: days ring when the day starts, and what repeats at its time of day.
 * Instants stay, and so does what was put off until one.
 */
export function moveOf(live: Live, before: AccountCalendar, after: AccountCalendar, now: Date): Move {
  const timeZone = live.followsAccount ? after.timeZone : live.timeZone;
  const placed = (at: Date): Date => placeOf(at, live, timeZone, before, after);
  const ringDueAt = live.ringDueAt && placed(live.ringDueAt);
  const times = ringDueAt && ringTimes({ ...live, timeZone }, ringDueAt, after, now);
  return {
    id: live.id,
    time_zone: timeZone,
    starts_at: placed(live.startsAt),
    due_at: placed(live.dueAt),
    ring_id: live.ringId,
    ring_due_at: ringDueAt,
    rings_at: times && times.ringsAt,
    wakes_at: times && live.state === 'active' ? times.wakesAt : null,
  };
}

function placeOf(at: Date, live: Live, timeZone: string, before: AccountCalendar, after: AccountCalendar): Date {
  if (live.dueOn !== null) {
    const isDay = timeOf(at, live.timeZone) === before.dayStartsAt;
    return isDay ? atLocalTime(localDateOf(at, live.timeZone), after.dayStartsAt, timeZone) : at;
  }
  const keepsItsTime = isRepeating(live) && timeOf(at, live.timeZone) === timeOf(live.startsAt, live.timeZone);
  if (!keepsItsTime || timeZone === live.timeZone) return at;
  return instantOfWallTime(inZone(at, live.timeZone).toPlainDateTime(), timeZone);
}

function timeOf(at: Date, timeZone: string): string {
  return inZone(at, timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
}
