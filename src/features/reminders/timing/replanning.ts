import { newId } from '../../../kit/ids.js';
import type { Reminder } from '../reminder.entity.js';
import { overdueOf, ringsAhead, wakingOf } from './rings-ahead.js';
import type { KnownRing, RingAhead, RingPlan } from './rings-ahead.js';
import type { QuietCalendar } from './ring-times.js';

export type Planned = RingPlan & Pick<Reminder, 'id' | 'kind' | 'state' | 'overdueAfter'>;

/** An open or scheduled ring, with the times that it should have. */
export type PlacedRing = Pick<KnownRing, 'id' | 'putsOff' | 'planNumber' | 'dueAt' | 'ringsAt' | 'wakesAt'>;

/** The changes that bring the existing rings in line with the plan. */
export interface Replanning {
  /** Rings to create, or to move to other times. */
  readonly changed: readonly PlacedRing[];
  /** Scheduled rings to delete. */
  readonly extra: readonly string[];
  /** When the reminder is due next; null if nothing is scheduled. */
  readonly dueAt: Date | null;
  /** Whether no ring is open or scheduled. */
  readonly isOver: boolean;
}

/** Rings that are right already stay, with their ids and the leads that they sent. */
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

/** Uses the existing ring, if there is one, and otherwise a new one. */
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

/** The time of the regular ring, or else of the first snoozed one. */
function dueOf(wanted: readonly RingAhead[]): Date | null {
  const own = wanted.find(({ putsOff }) => putsOff === null);
  const [soonest] = [...wanted].sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  return (own ?? soonest)?.dueAt ?? null;
}
