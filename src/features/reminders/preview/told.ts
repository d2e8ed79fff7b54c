import { addPeriod } from '../../../kit/periods.js';
import { DIGEST } from '../digests/digest-statement.js';
import { followerAt, followersOf, later, repeatsBySchedule } from '../followers.js';
import type { ForeseenRing } from '../followers.js';
import { timeAfter } from '../repeats.js';
import { leadsBetween, outOfQuiet } from '../ring-times.js';
import type { QuietCalendar } from '../ring-times.js';
import type { ForeseenEvent } from './preview.shapes.js';
import type { WakingRing } from './preview.sql.js';

/** Nothing repeats more often than daily, so that in this time there are two rings, or three. */
const NEAR_MS = 2 * 86_400_000;

/**
 * What the scheduler will tell of a ring and of those that repeat after it, in order of time, counted out as it is asked
 * for. Rings long before `from` are passed over: of these only the last decides what is told from then on.
 */
export function* toldOf(
  ring: WakingRing,
  calendar: QuietCalendar,
  { from, now }: { readonly from: Date; readonly now: Date },
): Generator<ForeseenEvent, void> {
  if (ring.state === 'open') {
    yield eventOf(ring, ring, 'reminder.overdue', told(calendar, ring.wakesAt, now));
    return;
  }
  const { occurrenceId, dueAt } = ring;
  const scheduled = { occurrenceId, since: now, dueAt, ringsAt: told(calendar, ring.ringsAt, now) };
  let one = repeatsBySchedule(ring) ? lastBefore(ring, calendar, scheduled, from) : scheduled;
  yield* leadsOf(ring, calendar, one);
  for (const next of followersOf(ring, calendar, one)) {
    yield rung(ring, one);
    const between = [...overdueOf(ring, calendar, one, next), ...leadsOf(ring, calendar, next)];
    yield* between.sort((a, b) => a.at.getTime() - b.at.getTime());
    one = next;
  }
  yield rung(ring, one);
  yield* overdueOf(ring, calendar, one, null);
}

/** The scheduled ring, or a repeat that rings before an instant and has few others in between: found by halving. */
function lastBefore(ring: WakingRing, calendar: QuietCalendar, scheduled: ForeseenRing, from: Date): ForeseenRing {
  let last = scheduled;
  let since = scheduled.ringsAt.getTime();
  for (let until = from.getTime(); until - since > NEAR_MS;) {
    const middle = new Date((since + until) / 2);
    const dueAt = timeAfter(ring, middle);
    const one = dueAt && followerAt(calendar, dueAt, middle);
    if (one && one.ringsAt < from) [last, since] = [one, one.ringsAt.getTime()];
    else until = middle.getTime();
  }
  return last;
}

function rung(ring: WakingRing, one: ForeseenRing): ForeseenEvent {
  return eventOf(ring, one, ring.kind === DIGEST.name ? 'digest.ready' : 'reminder.due', one.ringsAt);
}

function leadsOf(ring: WakingRing, calendar: QuietCalendar, one: ForeseenRing): ForeseenEvent[] {
  const times = leadsBetween(ring, one.dueAt, one.ringsAt, calendar, one.since);
  return times.map((at) => eventOf(ring, one, 'reminder.upcoming', at));
}

/** Told once, unless the next ring comes first: the one before it is missed then. */
function overdueOf(
  ring: WakingRing,
  calendar: QuietCalendar,
  one: ForeseenRing,
  next: ForeseenRing | null,
): ForeseenEvent[] {
  if (ring.overdueAfter === null) return [];
  const at = outOfQuiet(addPeriod(one.ringsAt, ring.overdueAfter, ring.timeZone), calendar);
  return next && next.ringsAt <= at ? [] : [eventOf(ring, one, 'reminder.overdue', at)];
}

function eventOf(
  ring: WakingRing,
  { occurrenceId, dueAt }: Pick<ForeseenRing, 'occurrenceId' | 'dueAt'>,
  eventType: ForeseenEvent['eventType'],
  at: Date,
): ForeseenEvent {
  const { reminderId, kind, title } = ring;
  return { at, eventType, reminderId, occurrenceId, kind, title, dueAt };
}

/** What is due already is told now, or at the end of the quiet hours of now. */
function told(calendar: QuietCalendar, at: Date, now: Date): Date {
  return outOfQuiet(later(at, now), calendar);
}
