import { newId } from '../../kit/ids.js';
import type { Reminder } from './reminder.entity.js';
import { overdueOf, ringsAhead, wakingOf } from './rings-ahead.js';
import type { KnownRing, RingAhead, RingPlan } from './rings-ahead.js';
import type { QuietCalendar } from './ring-times.js';

export type Planned = RingPlan & Pick<Reminder, 'id' | 'kind' | 'state' | 'overdueAfter'>;

/** A ring that is open or ahead, and where it belongs. */
export type PlacedRing = Pick<KnownRing, 'id' | 'putsOff' | 'planNumber' | 'dueAt' | 'ringsAt' | 'wakesAt'>;

/** What brings the rings that are there to what the plan says. */
export interface Replanning {
  /** Rings that are new, or belong elsewhere. */
  readonly changed: readonly PlacedRing[];
  /** Rings ahead that nothing wants any more. */
  readonly extra: readonly string[];
  /** When it is due next; null when nothing is ahead. */
  readonly dueAt: Date | null;
  /** Nothing is open or ahead. */
  readonly isOver: boolean;
}

/** By difference: what is right already stays, with its id and the leads it told. */
export function replanning(plan: Planned, known: readonly KnownRing[], now: Date, calendar: QuietCalendar): Replanning {
  const wanted = ringsAhead(plan, known, now, calendar);
  const placed = wanted.map((ahead) => place(plan, ahead, known, now, calendar));
  const open = known.filter(({ state }) => state === 'open');
  const looked = open.map((ring) => ({ ...ring, wakesAt: overdueOf(plan, ring, calendar) }));
  const rings = [...placed, ...looked].map((ring) => (plan.state === 'paused' ? { ...ring, wakesAt: null } : ring));
  const kept = new Set(placed.map(({ id }) => id));
  return {
    changed: rings.filter((ring) => isNew(ring, known)),
    extra: known.filter(({ id, state }) => state === 'scheduled' && !kept.has(id)).map(({ id }) => id),
    dueAt: dueOf(wanted),
    isOver: wanted.length + open.length === 0,
  };
}

/** The ring that is there takes the place; else there is a new one. */
function place(
  plan: Planned,
  ahead: RingAhead,
  known: readonly KnownRing[],
  now: Date,
  calendar: QuietCalendar,
): PlacedRing {
  const there = known.find(({ state, putsOff }) => state === 'scheduled' && putsOff === ahead.putsOff);
  const wakesAt = there ? wakingOf(plan, there, ahead, now, calendar) : ahead.wakesAt;
  return { ...ahead, id: there?.id ?? newId(), planNumber: plan.planNumber, wakesAt };
}

function isNew(ring: PlacedRing, known: readonly KnownRing[]): boolean {
  const before = known.find(({ id }) => id === ring.id);
  if (!before) return true;
  const isSame = (one: Date | null, other: Date | null): boolean => one?.getTime() === other?.getTime();
  return !(
    ring.planNumber === before.planNumber &&
    isSame(ring.dueAt, before.dueAt) &&
    isSame(ring.ringsAt, before.ringsAt) &&
    isSame(ring.wakesAt, before.wakesAt)
  );
}

/** The plan's own time; what is only put off is due then. */
function dueOf(wanted: readonly RingAhead[]): Date | null {
  const own = wanted.find(({ putsOff }) => putsOff === null);
  const [soonest] = [...wanted].sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  return (own ?? soonest)?.dueAt ?? null;
}
