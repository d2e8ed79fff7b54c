import type { Reminder } from './reminder.entity.js';
import type { Occurrence } from './occurrence.entity.js';
import { isRepeating, timesAfter } from './repeats.js';
import type { Repeating } from './repeats.js';
import { outOfQuiet } from './ring-times.js';
import type { QuietCalendar } from './ring-times.js';

/** One ring of a reminder, from when it is scheduled. */
export interface ForeseenRing {
  /** Null while it is not scheduled yet. */
  readonly occurrenceId: string | null;
  readonly since: Date;
  readonly dueAt: Date;
  readonly ringsAt: Date;
}

/** What decides which rings follow a scheduled one. */
export interface Followed extends Repeating, Pick<Reminder, 'anchor'>, Pick<Occurrence, 'putsOff'> {}

/** What is counted from an answer is not known before the answer, and what was put off comes back once. */
export function repeatsBySchedule(ring: Followed): boolean {
  return isRepeating(ring) && ring.anchor === 'schedule' && ring.putsOff === null;
}

/**
 * The rings that follow a scheduled one if nobody answers, in order of time, as they are asked for. Each is scheduled when the one before
 * it rings; what passed until then collapses into that one.
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
