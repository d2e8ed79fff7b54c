import { addPeriod } from '../../../kit/periods.js';
import { DIGEST } from '../digests/digest-statement.js';
import { followerAt, followersOf, later, repeatsBySchedule } from '../foreseeing/followers.js';
import type { ForeseenRing } from '../foreseeing/followers.js';
import { timeAfter } from '../timing/repeats.js';
import type { Listable } from '../foreseeing/plans-ahead.service.js';
import { leadsBetween, outOfQuiet } from '../timing/ring-times.js';
import type { QuietCalendar } from '../timing/ring-times.js';
import type { ForeseenEvent } from './preview.shapes.js';
import type { WakingRing } from './preview.sql.js';

/** Long enough for two rings, because nothing repeats more often than daily. */
const NEAR_MS = 2 * 86_400_000;

/** When events are asked for, from when on the ring is there, and what digests can list. */
interface Told {
  readonly from: Date;
  readonly to: Date;
  readonly now: Date;
  readonly listable: readonly Listable[];
}

/**
 * The events that the scheduler will send for a ring and for those that follow it, in order of time, computed as they are
 * read. Rings long before `from` are skipped: only the last of them affects what is sent later.
 */
export function* toldOf(
  ring: WakingRing,
  calendar: QuietCalendar,
  { from, to, now, listable }: Told,
): Generator<ForeseenEvent, void> {
  if (ring.state === 'open') {
    const at = told(calendar, ring.wakesAt, now);
    const isMissed = ring.nextRingsAt !== null && told(calendar, ring.nextRingsAt, now) <= at;
    if (!isMissed) yield eventOf(ring, ring, 'reminder.overdue', at);
    return;
  }
  const { occurrenceId, dueAt } = ring;
  const scheduled = { occurrenceId, since: now, dueAt, ringsAt: told(calendar, ring.ringsAt, now) };
  let one = repeatsBySchedule(ring) ? lastBefore(ring, calendar, scheduled, from) : scheduled;
  yield* one === scheduled ? leadsLeft(ring, calendar, one, now) : leadsOf(ring, calendar, one);
  for (const next of followersOf(ring, calendar, one)) {
    // Whoever reads this stops at the first event that is too late: digests that are not sent must end by themselves.
    if (one.ringsAt >= to) return;
    if (isSent(ring, one.ringsAt, listable, () => next.dueAt)) yield rung(ring, one);
    const between = [...overdueOf(ring, calendar, one, next), ...leadsOf(ring, calendar, next)];
    yield* between.sort((a, b) => a.at.getTime() - b.at.getTime());
    one = next;
  }
  if (isSent(ring, one.ringsAt, listable, () => timeAfter(ring, one.ringsAt))) yield rung(ring, one);
  yield* overdueOf(ring, calendar, one, null);
}

/** The scheduled ring, or one of its followers shortly before an instant, found by bisection. */
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

/** An empty digest is not sent: it lists what is open, and what rings before the next digest. */
function isSent({ kind }: WakingRing, at: Date, listable: readonly Listable[], nextOf: () => Date | null): boolean {
  if (kind !== DIGEST.name) return true;
  const next = nextOf();
  return next !== null && listable.some((ring) => isThere(ring, at) && ring.ringsAt < next);
}

function isThere({ since, until }: Listable, at: Date): boolean {
  return (since === null || since <= at) && (until === null || at < until);
}

function rung(ring: WakingRing, one: ForeseenRing): ForeseenEvent {
  return eventOf(ring, one, ring.kind === DIGEST.name ? 'digest.ready' : 'reminder.due', one.ringsAt);
}

function leadsOf(ring: WakingRing, calendar: QuietCalendar, one: ForeseenRing): ForeseenEvent[] {
  const times = leadsBetween(ring, one.dueAt, one.ringsAt, calendar, one.since);
  return times.map((at) => eventOf(ring, one, 'reminder.upcoming', at));
}

/** Leads that have passed are sent as one event when the scheduler looks at the ring next, unless it rings by then. */
function leadsLeft(ring: WakingRing, calendar: QuietCalendar, one: ForeseenRing, now: Date): ForeseenEvent[] {
  const next = told(calendar, ring.wakesAt, now);
  if (next >= one.ringsAt) return [];
  return [eventOf(ring, one, 'reminder.upcoming', next), ...leadsOf(ring, calendar, { ...one, since: next })];
}

/** Sent once, unless the next ring comes first: then this one is missed. A digest needs no answer. */
function overdueOf(
  ring: WakingRing,
  calendar: QuietCalendar,
  one: ForeseenRing,
  next: ForeseenRing | null,
): ForeseenEvent[] {
  if (ring.overdueAfter === null || ring.kind === DIGEST.name) return [];
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

/** What is due already is sent now, or at the end of the current quiet hours. */
function told(calendar: QuietCalendar, at: Date, now: Date): Date {
  return outOfQuiet(later(at, now), calendar);
}
