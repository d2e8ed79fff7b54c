import { addPeriod } from '../../../kit/periods.js';
import type { Reminder } from '../reminder.entity.js';
import type { Occurrence } from '../occurrence.entity.js';
import { isRepeating, timeAfter, timeAfterAnswer } from './repeats.js';
import type { Repeating } from './repeats.js';
import { leadsBetween, outOfQuiet, ringTimes } from './ring-times.js';
import type { QuietCalendar, RingTimes, Telling } from './ring-times.js';

/** The properties of a reminder that decide when it rings. */
export interface RingPlan extends Repeating, Telling, Pick<Reminder, 'anchor' | 'planNumber' | 'planAfter'> {}

/** An existing ring. */
export type KnownRing = Pick<
  Occurrence,
  | 'id'
  | 'state'
  | 'dueAt'
  | 'ringsAt'
  | 'wakesAt'
  | 'firedAt'
  | 'answeredAt'
  | 'snoozedUntil'
  | 'putsOff'
  | 'planNumber'
  | 'overdueTold'
> & {
  /** Whether a snoozed ring has come back, or was answered. */
  readonly cameBack: boolean;
};

/** A ring that should be scheduled: a regular one, or the return of a snoozed one. */
export interface RingAhead extends RingTimes {
  readonly putsOff: string | null;
}

/**
 * The rings that should be scheduled for a plan: at most one regular ring, and one for each snoozed ring that has not come
 * back. They are independent of each other.
 */
export function ringsAhead(
  plan: RingPlan,
  known: readonly KnownRing[],
  now: Date,
  calendar: QuietCalendar,
): readonly RingAhead[] {
  const own = ownAhead(plan, known);
  const wanted = [...(own ? [{ putsOff: null, dueAt: own }] : []), ...putOff(known)];
  return wanted.map(({ putsOff, dueAt }) => ({ putsOff, ...ringTimes(plan, dueAt, calendar, now) }));
}

/** When the scheduler looks at a scheduled ring next. A pending lead stays, so that planning again sends no lead twice and loses none. */
export function wakingOf(
  plan: Telling,
  ring: Pick<KnownRing, 'dueAt' | 'ringsAt' | 'wakesAt'>,
  wanted: RingTimes,
  now: Date,
  calendar: QuietCalendar,
): Date {
  const { wakesAt } = ring;
  const stands = +ring.dueAt === +wanted.dueAt && +ring.ringsAt === +wanted.ringsAt;
  if (!stands || !wakesAt) return wanted.wakesAt;
  if (isHeld(plan, wakesAt, now, calendar)) return wakesAt;
  if (wakesAt > now) return wanted.wakesAt;
  const leads = leadsBetween(plan, wanted.dueAt, wanted.ringsAt, calendar, new Date(0));
  return [wanted.ringsAt, ...leads].some((at) => +at === +wakesAt) ? wakesAt : wanted.wakesAt;
}

/** Whether the ring waits for the end of the quiet time that postpones it. */
function isHeld({ leads }: Telling, wakesAt: Date, now: Date, calendar: QuietCalendar): boolean {
  if (leads.length === 0) return false;
  const before = wakesAt > now ? now : new Date(wakesAt.getTime() - 1);
  return +outOfQuiet(before, calendar) === +wakesAt;
}

/** When an open ring is overdue: by the current `overdueAfter` of its reminder, outside quiet hours, and once. */
export function overdueOf(
  { overdueAfter, timeZone }: Pick<Reminder, 'overdueAfter' | 'timeZone'>,
  { firedAt, overdueTold }: Pick<KnownRing, 'firedAt' | 'overdueTold'>,
  calendar: QuietCalendar,
): Date | null {
  if (overdueAfter === null || overdueTold || !firedAt) return null;
  return outOfQuiet(addPeriod(firedAt, overdueAfter, timeZone), calendar);
}

/** Snoozed rings that have not come back. */
function putOff(known: readonly KnownRing[]): { putsOff: string; dueAt: Date }[] {
  return known.flatMap(({ id, state, snoozedUntil, cameBack }) =>
    state === 'snoozed' && snoozedUntil && !cameBack ? [{ putsOff: id, dueAt: snoozedUntil }] : [],
  );
}

/** A time of the plan is used up when its ring leaves `scheduled`, whatever happens to that ring later. */
function ownAhead(plan: RingPlan, known: readonly KnownRing[]): Date | null {
  const ofPlan = known.filter(({ state, planNumber }) => state !== 'scheduled' && planNumber === plan.planNumber);
  const used = ofPlan.filter(({ putsOff, state }) => putsOff === null && state !== 'superseded');
  if (!isRepeating(plan)) return used.length > 0 ? null : plan.startsAt;
  if (plan.anchor === 'completion') return ownAfterAnswer(plan, known, ofPlan);
  const moved = movedAhead(plan, known);
  if (moved) return moved;
  const ends = used.flatMap(({ dueAt, firedAt }) => (firedAt ? [dueAt, firedAt] : [dueAt]));
  return firstAfter(plan, ends);
}

/**
 * The ring with which a series goes on after a change of settings stands, also where that moved it to before the moment at which a late
 * ring before it rang, and where the last answer was given on another day of the new time zone.
 */
function movedAhead({ planAfter, planNumber }: RingPlan, known: readonly KnownRing[]): Date | null {
  const own = known.find((ring) => ring.state === 'scheduled' && ring.putsOff === null);
  if (!own || !planAfter || own.planNumber !== planNumber) return null;
  return own.dueAt.getTime() === planAfter.getTime() + 1 ? own.dueAt : null;
}

/** Nothing is scheduled until every ring is answered. Then the next one is counted from the last answer, or from the skipped time. */
function ownAfterAnswer(plan: RingPlan, known: readonly KnownRing[], ofPlan: readonly KnownRing[]): Date | null {
  if (known.some(({ state }) => state === 'open') || putOff(known).length > 0) return null;
  const moved = movedAhead(plan, known);
  if (moved) return moved;
  const last = lastAnswer(ofPlan);
  if (!last) return firstAfter(plan, []);
  const next = timeAfterAnswer(plan, last);
  const { planAfter } = plan;
  const isBegun = planAfter && ofPlan.some(({ putsOff, dueAt }) => putsOff === null && dueAt > planAfter);
  return next && planAfter && !isBegun && next <= planAfter ? timeAfter(plan, planAfter) : next;
}

/** When the last answer was given; for a skipped ring, its due time. */
function lastAnswer(ofPlan: readonly KnownRing[]): Date | null {
  const answered = ofPlan.flatMap((ring) => {
    const { state, answeredAt } = ring;
    return answeredAt && (state === 'done' || state === 'dismissed') ? [{ ...ring, answeredAt }] : [];
  });
  const [last] = answered.sort((a, b) => +b.answeredAt - +a.answeredAt || +b.dueAt - +a.dueAt);
  if (!last) return null;
  const { state, dueAt, firedAt, answeredAt } = last;
  return state === 'dismissed' && !firedAt && dueAt > answeredAt ? dueAt : answeredAt;
}

function firstAfter(plan: RingPlan, used: readonly Date[]): Date | null {
  const beforeStart = new Date(plan.startsAt.getTime() - 1);
  return timeAfter(plan, latest([beforeStart, ...used, ...(plan.planAfter ? [plan.planAfter] : [])]) ?? beforeStart);
}

function latest(times: readonly Date[]): Date | null {
  return times.reduce<Date | null>((last, at) => (last && last >= at ? last : at), null);
}
