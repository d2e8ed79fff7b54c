import type { Reminder } from '../reminder.entity.js';
import type { Occurrence } from '../occurrence.entity.js';
import { isRepeating, timesAfter } from '../timing/repeats.js';
import type { Repeating } from '../timing/repeats.js';
import { outOfQuiet } from '../timing/ring-times.js';
import type { QuietCalendar } from '../timing/ring-times.js';

/** A ring in the future. */
export interface ForeseenRing {
  /** Null while it is not scheduled yet. */
  readonly occurrenceId: string | null;
  readonly since: Date;
  readonly dueAt: Date;
  readonly ringsAt: Date;
}

/** What decides which rings follow a scheduled one. */
export interface Followed extends Repeating, Pick<Reminder, 'anchor'>, Pick<Occurrence, 'putsOff'> {}

/** Whether others follow this ring whatever happens: not if they are counted from the answer, and not for a snoozed ring. */
export function repeatsBySchedule(ring: Followed): boolean {
  return isRepeating(ring) && ring.anchor === 'schedule' && ring.putsOff === null;
}

/**
 * The rings that follow a scheduled one if nobody answers, in order of time, computed as they are read. Each is scheduled when the one
 * before it rings; times that passed until then collapse into that one.
 */
export function* followersOf(
  ring: Followed,
  calendar: QuietCalendar,
  first: Pick<ForeseenRing, 'dueAt' | 'ringsAt'>,
): Generator<ForeseenRing, void> {
  if (!repeatsBySchedule(ring)) return;
  let last = first;
  for (const dueAt of timesAfter(ring, later(first.dueAt, first.ringsAt))) {
    if (dueAt <= last.ringsAt) continue;
    const next = followerAt(calendar, dueAt, last.ringsAt);
    yield next;
    last = next;
  }
}

export function followerAt(calendar: QuietCalendar, dueAt: Date, since: Date): ForeseenRing {
  return { occurrenceId: null, since, dueAt, ringsAt: outOfQuiet(dueAt, calendar) };
}

export function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}
