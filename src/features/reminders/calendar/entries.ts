import { addPeriod } from '../../../kit/periods.js';
import { inZone, localDateOf } from '../../../kit/instants.js';
import { isRepeating, timesWithin } from '../repeats.js';
import { Soonest } from '../soonest.js';
import type { CalendarRow } from './calendar.sql.js';
import { ROUND_UPCOMING } from './lenses.js';

/** One event of a calendar, before it is written down. */
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
/** How far ahead of a round its reminder rings. */
const ROUND_LEAD = 'P1D';

/** The rings as they are and the repeats that follow, in order of time, each once, at most so many. */
export function entriesOf(
  rows: readonly CalendarRow[],
  { now, to, dayStartsAt, most }: { now: Date; to: Date; dayStartsAt: string; most: number },
): Entry[] {
  const found = new Map<string, CalendarRow>();
  const rings = rows.filter((row) => !isRepeating(row));
  for (const ring of [...rings, ...repeatsOf(rows, { now, to, most })]) {
    const uid = uidOf(ring);
    if (!found.has(uid)) found.set(uid, ring);
  }
  return [...found]
    .sort(([a, { dueAt: first }], [b, { dueAt: second }]) => first.getTime() - second.getTime() || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([uid, row]) => entryOf(uid, row, dayStartsAt));
}

/**
 * The rings that a rule gives after the one that is scheduled; those that are missed already will collapse into it.
 * Reminders come in order of that one, so once there are enough rings, one that begins after them has none to add.
 */
function repeatsOf(
  rows: readonly CalendarRow[],
  { now, to, most }: { now: Date; to: Date; most: number },
): CalendarRow[] {
  const repeats = new Soonest<CalendarRow>(most, ({ dueAt }) => dueAt);
  for (const row of rows) {
    if (!isRepeating(row) || row.dueAt.getTime() >= repeats.until) continue;
    const after = row.dueAt > now ? row.dueAt : now;
    const times = timesWithin(row, after, new Date(Math.min(to.getTime(), repeats.until) - 1));
    repeats.add(times.map((dueAt) => ({ ...row, dueAt })));
  }
  return repeats.inOrder();
}

/** The same for a ring that is counted out and for the row it becomes, and for every change but that of its time. */
function uidOf({ reminderId, dueAt }: CalendarRow): string {
  return `${reminderId}-${dueAt.getTime()}@kith`;
}

function entryOf(uid: string, row: CalendarRow, dayStartsAt: string): Entry {
  const { sequence, changedAt, title, note, kind, priority, dueAt } = row;
  const category = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`.replaceAll('_', ' ');
  return { uid, sequence, changedAt, title, note, category, priority, dueAt, ...placeOf(row, dayStartsAt) };
}

/** A reminder for a day is one that rings when the day of the account starts; what is said of it otherwise has a time. */
function placeOf({ kind, dueAt, timeZone }: CalendarRow, dayStartsAt: string): Pick<Entry, 'day' | 'alarms'> {
  if (kind === ROUND_UPCOMING) return { day: null, alarms: [0, lastHourOf(dueAt, timeZone)] };
  const [hour = 0, minute = 0] = dayStartsAt.split(':').map(Number);
  const wall = inZone(dueAt, timeZone);
  const isDay = wall.hour === hour && wall.minute === minute && wall.second === 0;
  if (!isDay) return { day: null, alarms: [0] };
  return { day: localDateOf(dueAt, timeZone), alarms: [hour * HOUR + minute * 60] };
}

/** From the ring until an hour before its round. */
function lastHourOf(dueAt: Date, timeZone: string): number {
  return (addPeriod(dueAt, ROUND_LEAD, timeZone).getTime() - dueAt.getTime()) / 1_000 - HOUR;
}
