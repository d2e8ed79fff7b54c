import { addPeriod } from '../../../kit/periods.js';
import { DIGEST } from '../digests/digest-statement.js';
import { isRepeating, timesWithin } from '../repeats.js';
import { leadsBetween, ringTimes } from '../ring-times.js';
import type { QuietCalendar } from '../ring-times.js';
import { Soonest } from '../soonest.js';
import type { ForeseenEvent } from './preview.shapes.js';
import type { WakingRing } from './preview.sql.js';

/** What is asked: of [from, to), as seen now. */
interface Span {
  readonly from: Date;
  readonly to: Date;
  readonly now: Date;
  readonly most: number;
}

interface Ring {
  readonly occurrenceId: string | null;
  readonly dueAt: Date;
  readonly ringsAt: Date;
}

/** A year before and after: the longest that a lead tells ahead, or that an unanswered ring waits. */
const REACH_MS = 366 * 86_400_000;

/** What the scheduler will tell of these rings and of those that repeat after them, the soonest first, at most so many. */
export function foreseen(rings: readonly WakingRing[], calendar: QuietCalendar, span: Span): ForeseenEvent[] {
  const soonest = new Soonest<ForeseenEvent>(span.most, ({ at }) => at);
  for (const ring of rings) {
    if (ring.wakesAt.getTime() >= soonest.until) continue;
    const told = eventsOf(ring, calendar, { ...span, to: new Date(Math.min(span.to.getTime(), soonest.until)) });
    soonest.add(told.filter(({ at }) => at >= span.from && at < span.to));
  }
  return soonest.inOrder();
}

function eventsOf(ring: WakingRing, calendar: QuietCalendar, { to, now }: Span): ForeseenEvent[] {
  const soonAfter = (at: Date): Date => (at > now ? at : now);
  if (ring.state === 'open') return [eventOf(ring, ring, 'reminder.overdue', soonAfter(ring.wakesAt))];
  const ringsAt = soonAfter(ring.ringsAt);
  const all: Ring[] = [{ ...ring, ringsAt }, ...repeatsOf(ring, calendar, { to, now })];
  return all.flatMap((one, index) => [
    ...leadsBetween(ring, one.dueAt, one.ringsAt, calendar, now).map((at) =>
      eventOf(ring, one, 'reminder.upcoming', at),
    ),
    eventOf(ring, one, ring.kind === DIGEST ? 'digest.ready' : 'reminder.due', one.ringsAt),
    ...overdueOf(ring, one, all[index + 1]),
  ]);
}

/** Those after the ring that is scheduled; what passed before now will collapse into it. */
function repeatsOf(ring: WakingRing, calendar: QuietCalendar, { to, now }: Pick<Span, 'to' | 'now'>): Ring[] {
  if (!isRepeating(ring) || ring.anchor === 'completion') return [];
  const reach = ring.leads.length > 0 ? REACH_MS : 0;
  const until = new Date(to.getTime() + reach);
  const after = ring.dueAt > now ? ring.dueAt : now;
  return timesWithin(ring, after, until).map((dueAt) => {
    return { occurrenceId: null, dueAt, ringsAt: ringTimes(ring, dueAt, calendar, now).ringsAt };
  });
}

/** Told once, unless the next ring comes first: the one before it is missed then. */
function overdueOf(ring: WakingRing, one: Ring, next: Ring | undefined): ForeseenEvent[] {
  if (ring.overdueAfter === null) return [];
  const at = addPeriod(one.ringsAt, ring.overdueAfter, ring.timeZone);
  return next && next.ringsAt <= at ? [] : [eventOf(ring, one, 'reminder.overdue', at)];
}

function eventOf(ring: WakingRing, one: Ring, eventType: ForeseenEvent['eventType'], at: Date): ForeseenEvent {
  const { reminderId, kind, title } = ring;
  return { at, eventType, reminderId, occurrenceId: one.occurrenceId, kind, title, dueAt: one.dueAt };
}
