import { addLocalDate, periodDays } from '../../kit/periods.js';
import { atLocalTime, isLocalDate, localDateOf } from '../../kit/instants.js';
import type { AccountCalendar } from '../../platform/actor/actor.js';
import { Problem } from '../../platform/errors/problem.js';

export const TIERS = ['inner', 'close', 'wide', 'dormant'] as const;

/** The setting of the account with the cadence of each tier. */
export const TIER_SETTINGS = {
  inner: 'innerEvery',
  close: 'closeEvery',
  wide: 'wideEvery',
  dormant: 'dormantEvery',
} as const satisfies Readonly<Record<(typeof TIERS)[number], keyof AccountCalendar>>;

/** What the rhythm of a contact is derived from. */
export interface Touched {
  readonly keepInTouchEvery: string | null;
  readonly tier: (typeof TIERS)[number] | null;
  readonly archived: boolean;
  readonly doNotContact: boolean;
  readonly lastTouchAt: Date | null;
  /** When a ring was waved away: not this time. */
  readonly touchWaivedAt: Date | null;
  readonly metOn: string | null;
  readonly createdAt: Date;
}

/** Whether to remind of a contact at all. */
export function isReachable({ archived, doNotContact }: Pick<Touched, 'archived' | 'doNotContact'>): boolean {
  return !archived && !doNotContact;
}

/** The cadence of a contact: its own, otherwise that of its tier, otherwise none. */
export function cadenceOf(contact: Touched, calendar: AccountCalendar): string | null {
  if (!isReachable(contact)) return null;
  return contact.keepInTouchEvery ?? (contact.tier ? calendar[TIER_SETTINGS[contact.tier]] : null);
}

export interface NextTouch {
  readonly dueAt: Date;
  readonly dueOn: string;
  /** What it is counted from, and by which period. */
  readonly basis: string;
  /** The whole days of the cadence, at least one. */
  readonly cadenceDays: number;
  /** Overdue after half of the cadence, that is at 150 %. */
  readonly overdueAfter: string;
}

/** What a contact keeps of it. */
export function rhythmOf(next: NextTouch | null): { nextTouchAt: Date | null; cadenceDays: number | null } {
  return { nextTouchAt: next?.dueAt ?? null, cadenceDays: next?.cadenceDays ?? null };
}

/**
 * When the next touch is due: the day of the last one or of its dismissal (otherwise of meeting, otherwise of creation) plus the
 * cadence, in the account's time zone, at the start of its day.
 *
 * @throws Problem when that is beyond the last year
 */
export function nextTouch(contact: Touched, calendar: AccountCalendar): NextTouch | null {
  const next = derived(contact, calendar);
  if (next instanceof Problem) throw next;
  return next;
}

/** The same; null too if it would be beyond the last year. */
export function nextTouchInTime(contact: Touched, calendar: AccountCalendar): NextTouch | null {
  const next = derived(contact, calendar);
  return next instanceof Problem ? null : next;
}

function derived(contact: Touched, calendar: AccountCalendar): NextTouch | Problem | null {
  const every = cadenceOf(contact, calendar);
  if (!every) return null;
  const { timeZone, dayStartsAt } = calendar;
  const { from, since } = beginningOf(contact, timeZone);
  const dueOn = addLocalDate(from, every);
  if (!isLocalDate(dueOn)) return tooFar(contact, from);
  const dueAt = atLocalTime(dueOn, dayStartsAt, timeZone);
  const basis = `${every} after ${since}`;
  const cadenceDays = Math.max(1, Math.floor(periodDays(every)));
  return { dueAt, dueOn, basis, cadenceDays, overdueAfter: `P${Math.max(1, Math.round(cadenceDays / 2))}D` };
}

/** Only a day of meeting or a touch far ahead can lead there. */
function tooFar({ keepInTouchEvery }: Touched, from: string): Problem {
  const field = keepInTouchEvery ? 'keepInTouchEvery' : 'tier';
  const detail = `${field} counts from ${from} and leads beyond the year 2100: give a shorter one, or an earlier metOn.`;
  return Problem.field(`/${field}`, 'outOfYears', detail);
}

/** The day that is counted from, and what makes it the one. */
function beginningOf(contact: Touched, timeZone: string): { readonly from: string; readonly since: string } {
  const { lastTouchAt, touchWaivedAt, metOn, createdAt } = contact;
  const waived = touchWaivedAt !== null && (lastTouchAt === null || touchWaivedAt >= lastTouchAt);
  if (waived) return { from: localDateOf(touchWaivedAt, timeZone), since: `waived ${touchWaivedAt.toISOString()}` };
  if (lastTouchAt) return { from: localDateOf(lastTouchAt, timeZone), since: `touch ${lastTouchAt.toISOString()}` };
  return metOn ? { from: metOn, since: `met ${metOn}` } : { from: localDateOf(createdAt, timeZone), since: 'created' };
}
