import { Temporal } from 'temporal-polyfill';
import { DAY_MS } from './calendar-days.js';

/** Where a zone changes its offset: the first instant with it, and the offset. */
type Change = readonly [from: number, offset: number];

/** The offset of a stretch of `STRETCH` milliseconds, or where it changes; the first entry is the offset at its beginning. */
type Stretch = number | readonly Change[];

interface Zone {
  readonly clock: Intl.DateTimeFormat;
  readonly stretches: Map<number, Stretch>;
}

/** The runtime is asked so often. Of the changes of every zone since 1800 no two are closer: six days in Brazil in 2000. */
const STEP = 4 * DAY_MS;
const STRETCH = 25 * STEP;
const SECOND = 1_000;
/** Beyond these the runtime is asked for each instant, so that what is remembered has a bound. */
const FIRST = Date.UTC(1800, 0, 1);
const LAST = Date.UTC(2400, 0, 1);

/** What was asked for, by zone: at most 2,192 stretches for each of the zones that the runtime knows. */
const known = new Map<string, Zone>();

/**
 * How far local time is ahead of UTC, in milliseconds. Throws RangeError for a zone that does not exist, or an instant that `Date`
 * does not have.
 *
 * The runtime is asked once for a stretch of a hundred days: to ask for every instant takes a hundred times as long.
 */
export function offsetAt(instant: number, timeZone: string): number {
  const zone = known.get(timeZone) ?? opened(timeZone);
  if (!(instant >= FIRST && instant < LAST)) return asked(instant, timeZone);
  const number = Math.floor(instant / STRETCH);
  const stretch = zone.stretches.get(number) ?? explored(zone, number);
  return typeof stretch === 'number' ? stretch : lastThrough(instant, stretch);
}

/**
 * The instant of a wall time that is written as if it were UTC. A time that is skipped is moved forward by the length of the gap,
 * and of a time that happens twice the first is taken: the `compatible` rule of Temporal.
 */
export function instantAt(wall: number, timeZone: string): number {
  // Samoa left out a whole day in 2011; no gap and no overlap is longer.
  const before = offsetAt(wall - DAY_MS, timeZone);
  const after = offsetAt(wall + DAY_MS, timeZone);
  if (before === after || offsetAt(wall - before, timeZone) === before) return wall - before;
  return offsetAt(wall - after, timeZone) === after ? wall - after : wall - before;
}

function opened(timeZone: string): Zone {
  asked(0, timeZone);
  const clock = new Intl.DateTimeFormat('en-u-hc-h23', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const zone = { clock, stretches: new Map<number, Stretch>() };
  known.set(timeZone, zone);
  return zone;
}

function asked(instant: number, timeZone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).offsetNanoseconds / 1_000_000;
}

function explored(zone: Zone, number: number): Stretch {
  const start = number * STRETCH;
  const changes: Change[] = [[start, shownBy(zone, start)]];
  let [, last] = changes[0] as Change;
  for (let from = start; from < start + STRETCH; from += STEP) {
    const offset = shownBy(zone, from + STEP);
    if (offset !== last) changes.push([changeBetween(zone, from, from + STEP), offset]);
    last = offset;
  }
  const stretch = changes.length === 1 ? last : changes;
  zone.stretches.set(number, stretch);
  return stretch;
}

/** The first instant with the offset at the end; changes are at whole seconds. */
function changeBetween(zone: Zone, from: number, until: number): number {
  const offset = shownBy(zone, until);
  let [low, high] = [from / SECOND, until / SECOND];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (shownBy(zone, middle * SECOND) === offset) high = middle;
    else low = middle;
  }
  return high * SECOND;
}

/** The offset that the clock of a zone shows at a whole second. */
function shownBy({ clock }: Zone, instant: number): number {
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = clock
    .format(instant)
    .split(/\D+/)
    .map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
}

function lastThrough(instant: number, changes: readonly Change[]): number {
  let [, offset] = changes[0] as Change;
  for (const [from, next] of changes) if (from <= instant) offset = next;
  return offset;
}
