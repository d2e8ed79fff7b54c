import { DAY_MS, modulo } from '../../../kit/calendar-days.js';
import { localDateOf } from '../../../kit/instants.js';
import { wallOf } from '../../../kit/wall-time.js';
import { followersOf, later } from '../foreseeing/followers.js';
import type { ForeseenRing } from '../foreseeing/followers.js';
import type { PlansAhead, RingOfPlan } from '../foreseeing/plans-ahead.service.js';
import { kindOf } from '../kinds.service.js';
import { merged } from '../foreseeing/merged.js';
import { isRepeating } from '../timing/repeats.js';
import { outOfQuiet } from '../timing/ring-times.js';
import type { QuietCalendar } from '../timing/ring-times.js';
import type { CalendarRow } from './calendar.sql.js';

/** One event of a calendar. */
export interface Entry {
  readonly uid: string;
  readonly sequence: number;
  readonly changedAt: Date;
  readonly title: string;
  readonly note: string | null;
  readonly category: string;
  readonly priority: string;
  readonly dueAt: Date;
  /** The day, `YYYY-MM-DD`, of a reminder for a day; null for one with a time. */
  readonly day: string | null;
  /** Seconds from the start of the event, or of its day, until each alarm. */
  readonly alarms: readonly number[];
}

const HOUR = 3_600;

interface Reach {
  readonly calendar: QuietCalendar;
  readonly now: Date;
  readonly from: Date;
  readonly to: Date;
  readonly most: number;
}

/** The existing rings, those that follow, and those of plans ahead, in order of time, each once, up to a limit. */
export async function entriesOf(rows: readonly CalendarRow[], ahead: PlansAhead, reach: Reach): Promise<Entry[]> {
  const found = new Map<string, CalendarRow>();
  const repeats = await repeatsOf(rows.filter(isRepeating), reach);
  const there = [...rows.filter((row) => !isRepeating(row)), ...repeats];
  const lasting = there.filter((row) => ringsBefore(ahead.ends.get(row.reminderId), row, reach.now, reach));
  for (const ring of [...lasting, ...plannedRows(ahead.rings, reach)]) {
    const uid = uidOf(ring);
    if (!found.has(uid)) found.set(uid, ring);
  }
  return [...found]
    .sort(([a, { dueAt: first }], [b, { dueAt: second }]) => first.getTime() - second.getTime() || (a < b ? -1 : 1))
    .slice(0, reach.most)
    .map(([uid, row]) => entryOf(uid, row, reach.calendar.dayStartsAt));
}

/** A ring that rings only after its reminder gets another plan does not ring. */
function ringsBefore(
  end: Date | null | undefined,
  { ringsAt }: Pick<CalendarRow, 'ringsAt'>,
  since: Date,
  { calendar }: Reach,
): boolean {
  return !end || outOfQuiet(later(ringsAt, since), calendar) < end;
}

function plannedRows(rings: readonly RingOfPlan[], reach: Reach): CalendarRow[] {
  return rings.filter(
    (ring) => ring.dueAt >= reach.from && ring.dueAt < reach.to && ringsBefore(ring.until, ring, ring.since, reach),
  );
}

/** The rings that follow the scheduled one, as in a preview: missed ones collapse into one. */
function repeatsOf(rows: readonly CalendarRow[], { now, to, most, calendar }: Reach): Promise<CalendarRow[]> {
  const sources = rows.map((row) => {
    const first = { dueAt: row.dueAt, ringsAt: outOfQuiet(later(row.ringsAt, now), calendar) };
    return { notBefore: later(first.dueAt, now), items: repeatsAfter(row, first, calendar) };
  });
  return merged(sources, { at: ({ dueAt }) => dueAt, to, most });
}

function* repeatsAfter(
  row: CalendarRow,
  first: Pick<ForeseenRing, 'dueAt' | 'ringsAt'>,
  calendar: QuietCalendar,
): Generator<CalendarRow, void> {
  const followed = { ...row, anchor: 'schedule', putsOff: null } as const;
  for (const { dueAt, ringsAt } of followersOf(followed, calendar, first)) yield { ...row, dueAt, ringsAt };
}

/** The UID: the same before and after the ring has a row, and after every change but that of its time. */
function uidOf({ reminderId, dueAt }: CalendarRow): string {
  return `${reminderId}-${dueAt.getTime()}@kith`;
}

function entryOf(uid: string, row: CalendarRow, dayStartsAt: string): Entry {
  const { sequence, changedAt, title, note, kind, priority, dueAt } = row;
  const category = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`.replaceAll('_', ' ');
  return { uid, sequence, changedAt, title, note, category, priority, dueAt, ...placeOf(row, dayStartsAt) };
}

/** A ring is an all-day event if it rings when the day of the account starts; otherwise it has a time. */
function placeOf({ kind, dueAt, timeZone }: CalendarRow, dayStartsAt: string): Pick<Entry, 'day' | 'alarms'> {
  const own = kindOf(kind)?.alarms;
  if (own) return { day: null, alarms: own(dueAt, timeZone) };
  const [hour = 0, minute = 0] = dayStartsAt.split(':').map(Number);
  const isDay = Math.floor(modulo(wallOf(dueAt, timeZone), DAY_MS) / 1_000) === hour * HOUR + minute * 60;
  if (!isDay) return { day: null, alarms: [0] };
  return { day: localDateOf(dueAt, timeZone), alarms: [hour * HOUR + minute * 60] };
}
