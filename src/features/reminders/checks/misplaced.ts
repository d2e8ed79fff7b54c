import { quietOf } from '../kinds.service.js';
import { replanning } from '../timing/replanning.js';
import type { Planned, PlacedRing } from '../timing/replanning.js';
import type { KnownRing } from '../timing/rings-ahead.js';
import { outOfQuiet } from '../timing/ring-times.js';
import type { QuietCalendar } from '../timing/ring-times.js';
import type { ExaminedReminder } from './checks.sql.js';

/** What is wrong with the rings of a reminder, as the rest of a sentence that starts with "The reminder"; null if nothing is. */
export function misplaced(reminder: ExaminedReminder, known: readonly KnownRing[], now: Date): string | null {
  const { state } = reminder;
  const live = known.filter((ring) => ring.state === 'open' || ring.state === 'scheduled');
  if (state !== 'active' && state !== 'paused')
    return live.length === 0 ? null : `is ${state}, and its ring ${live[0]?.id} is ${live[0]?.state}`;
  if (live.length === 0) return `is ${state}, and no ring is open or ahead`;
  const own = live.filter((ring) => ring.state === 'scheduled' && ring.putsOff === null);
  if (own.length > 1) return `has ${own.length} rings of its own ahead`;
  const calendar = quietOf(reminder.kind, reminder.calendar);
  return differenceOf({ ...reminder, state, calendar }, known, now, reminder.dueAt);
}

/** What replanning would change. */
function differenceOf(
  plan: Planned & Pick<ExaminedReminder, 'calendar'>,
  known: readonly KnownRing[],
  now: Date,
  due: Date,
): string | null {
  const { changed, extra, dueAt } = replanning(plan, known, now, plan.calendar);
  if (extra.length > 0) return `has the ring ${extra[0]} ahead, which its plan does not have`;
  const moved = changed.find((ring) => !isAsGood(ring, known, now, plan.calendar));
  if (moved) return placeOf(moved, known);
  return dueAt && +dueAt !== +due ? `is due at ${due.toISOString()}, and its ring at ${dueAt.toISOString()}` : null;
}

function placeOf({ id, dueAt, ringsAt, wakesAt }: PlacedRing, known: readonly KnownRing[]): string {
  const wanted = timesOf({ dueAt, ringsAt });
  const there = known.find((ring) => ring.id === id);
  if (!there) return `lacks the ring that its plan has ahead: ${wanted}`;
  if (+there.dueAt !== +dueAt || +there.ringsAt !== +ringsAt)
    return `has the ring ${id} at another time than ${wanted}: ${timesOf(there)}`;
  return wakesAt ? `has the ring ${id}, which nothing wakes as its plan says` : `is paused, and its ring ${id} is not`;
}

function timesOf({ dueAt, ringsAt }: Pick<PlacedRing, 'dueAt' | 'ringsAt'>): string {
  return `due at ${dueAt.toISOString()}, to ring at ${ringsAt.toISOString()}`;
}

/** All times that have passed count as equal: each is sent now, or at the end of the current quiet hours. */
function isAsGood(ring: PlacedRing, known: readonly KnownRing[], now: Date, calendar: QuietCalendar): boolean {
  const there = known.find(({ id }) => id === ring.id);
  if (!there || +there.dueAt !== +ring.dueAt || +there.ringsAt !== +ring.ringsAt) return false;
  const told = (at: Date | null): number | null => at && +outOfQuiet(at > now ? at : now, calendar);
  return told(there.wakesAt) === told(ring.wakesAt) && there.planNumber === ring.planNumber;
}
