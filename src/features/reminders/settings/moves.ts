import { atLocalTime, localDateOf, timeOfWall } from '../../../kit/instants.js';
import { instantOfWall, wallOf } from '../../../kit/wall-time.js';
import type { AccountCalendar } from '../../../platform/actor/actor.js';
import type { Occurrence } from '../occurrence.entity.js';
import type { Reminder } from '../reminder.entity.js';
import { quietOf } from '../kinds.service.js';
import { isRepeating } from '../timing/repeats.js';
import type { Repeating } from '../timing/repeats.js';
import { ringTimes } from '../timing/ring-times.js';
import type { QuietCalendar, Telling } from '../timing/ring-times.js';
import { overdueOf, wakingOf } from '../timing/rings-ahead.js';
import { lackedTime } from '../timing/schedule.js';

/** After all supported times. */
const OVER = new Date('2200-01-01T00:00:00Z');

/** A scheduled or open ring. */
export interface LiveRing extends Pick<
  Occurrence,
  'reminderId' | 'id' | 'dueAt' | 'ringsAt' | 'wakesAt' | 'putsOff' | 'firedAt' | 'overdueTold'
> {
  readonly state: 'scheduled' | 'open';
}

/** An active reminder. */
export interface Live
  extends
    Repeating,
    Telling,
    Pick<Reminder, 'id' | 'kind' | 'dueOn' | 'dueAt' | 'anchor' | 'overdueAfter' | 'followsAccount' | 'planAfter'> {
  readonly state: 'active' | 'paused';
}

/** The times of a reminder and its rings under the new settings. */
export interface Move {
  readonly id: string;
  readonly time_zone: string;
  readonly starts_at: Date;
  readonly wall_time: string | null;
  readonly due_at: Date;
  readonly plan_after: Date | null;
  readonly rings: readonly MovedRing[];
}

interface MovedRing {
  readonly id: string;
  readonly due_at: Date;
  readonly rings_at: Date;
  readonly wakes_at: Date | null;
}

/**
 * Local times stay the same in the new time zone: a day rings when the day starts, a repeating reminder at its time of day.
 * Instants stay, and so do snoozed rings; but nothing rings in quiet hours.
 */
export function moveOf(
  live: Live,
  rings: readonly LiveRing[],
  before: AccountCalendar,
  after: AccountCalendar,
  now: Date,
): Move {
  const timeZone = live.followsAccount ? after.timeZone : live.timeZone;
  const placed = (at: Date): Date => placeOf(at, live, timeZone, before, after);
  const startsAt = placed(live.startsAt);
  const ahead = rings.filter(({ state }) => state === 'scheduled');
  const own = ahead.find(({ putsOff }) => putsOff === null);
  const moved = { ...live, timeZone };
  const quiet = quietOf(live.kind, after);
  return {
    id: live.id,
    time_zone: timeZone,
    starts_at: startsAt,
    wall_time: live.dueOn === null ? null : lackedTime(startsAt, timeZone, after.dayStartsAt),
    due_at: own || ahead.length === 0 ? placed(own?.dueAt ?? live.dueAt) : live.dueAt,
    plan_after: isRepeating(live) ? goesOnAfter(live, own && placed(own.dueAt)) : live.planAfter,
    rings: rings.map((ring) =>
      movedRing(moved, ring, ring.putsOff === null ? placed(ring.dueAt) : ring.dueAt, quiet, now),
    ),
  };
}

/**
 * A series continues with its next ring. One without a next ring is over, although its last time may be ahead in another zone; but one that
 * is counted from completions waits for one.
 */
function goesOnAfter({ anchor, planAfter }: Live, next: Date | undefined): Date | null {
  if (next) return new Date(next.getTime() - 1);
  return anchor === 'schedule' ? OVER : planAfter;
}

/** An open ring keeps its times; only the time at which it is overdue changes. */
function movedRing(live: Live, ring: LiveRing, dueAt: Date, calendar: QuietCalendar, now: Date): MovedRing {
  const asleep = live.state === 'paused';
  if (ring.state === 'open') {
    const wakesAt = asleep ? null : overdueOf(live, ring, calendar);
    return { id: ring.id, due_at: ring.dueAt, rings_at: ring.ringsAt, wakes_at: wakesAt };
  }
  const times = ringTimes(live, dueAt, calendar, now);
  const wakesAt = asleep ? null : wakingOf(live, ring, times, now, calendar);
  return { id: ring.id, due_at: dueAt, rings_at: times.ringsAt, wakes_at: wakesAt };
}

function placeOf(at: Date, live: Live, timeZone: string, before: AccountCalendar, after: AccountCalendar): Date {
  if (live.dueOn !== null) {
    const day = atLocalTime(localDateOf(at, live.timeZone), before.dayStartsAt, live.timeZone);
    return +day === +at ? atLocalTime(localDateOf(at, live.timeZone), after.dayStartsAt, timeZone) : at;
  }
  const keepsItsTime = isRepeating(live) && timeOf(at, live.timeZone) === timeOf(live.startsAt, live.timeZone);
  if (!keepsItsTime || timeZone === live.timeZone) return at;
  return instantOfWall(wallOf(at, live.timeZone), timeZone);
}

function timeOf(at: Date, timeZone: string): string {
  return timeOfWall(wallOf(at, timeZone));
}
