import { LRUCache } from 'lru-cache';
import { DAY_MS } from './calendar-days.js';
import { isLocalDateTime } from './instants.js';
import { parseRule } from './rrule-text.js';
import type { RuleParts } from './rrule-text.js';
import type { DayRule, RuleWeekday } from './rule-days.js';
import { dayOfCount, dayThrough, daysFrom, matchesAnyDay } from './rule-walk.js';
import type { RuleDays } from './rule-walk.js';
import { instantOfWall, wallOf } from './wall-time.js';

/** When something repeats: an RFC 5545 rule in local time, so daylight saving never moves the time of day. */
export interface Recurrence {
  /** The value of an RRULE, such as `FREQ=MONTHLY;BYDAY=-1FR`. */
  rrule: string;
  /** Local wall time `YYYY-MM-DDTHH:mm[:ss]`. Every occurrence has its time of day. The start itself is an occurrence only if it matches the rule. */
  start: string;
  /** IANA name. */
  timeZone: string;
}

/** The occurrences in an interval, summarized. */
export interface Stretch {
  /** How many there are; counting stops at 1,000. */
  missed: number;
  /** The last of them. */
  last: Date | null;
  /** The first one after the interval. */
  next: Date | null;
}

const MOST_COUNTED = 1000;
const HOUR = 3_600_000;

/** Wall times and instants can be ordered differently by as much as a zone jumps: 24 h in Samoa in 2011, plus 2 h to be safe. */
const LARGEST_JUMP = 26 * HOUR;

/** Kiribati's time. */
const FARTHEST_EAST = 14 * HOUR;

const LAST_WALL_TIME = Date.UTC(2100, 11, 31, 23, 59, 59);

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** Rules that were read lately: a series asks for its own again and again. */
const read = new LRUCache<string, WallRule>({ max: 1_000 });

/**
 * What is wrong with a rule and how to correct it, as one sentence, or null when it is valid.
 *
 * Valid means: DAILY to YEARLY, INTERVAL up to 366, COUNT up to 1,000, 24 BY values, no times of day, and at least one
 * occurrence: with a start, from that start on until 2100; without, for some start.
 */
export function checkRecurrence(rrule: string, start?: string): string | null {
  try {
    if (!canOccur(rrule)) {
      return 'The rule never occurs because its parts exclude each other: remove one of the BY parts.';
    }
    if (start === undefined || occursFrom(rrule, start)) return null;
    return `The rule never occurs between ${start} and 2100: change the start, INTERVAL or UNTIL.`;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

/**
 * The first instant of the rule strictly after an instant, or null when there is none until the year 2100.
 *
 * Occurrences are expanded as wall times and only then placed in the zone by the `compatible` rule: one that falls into
 * the hour skipped in spring is moved forward, not dropped. Throws RangeError for a rule that `checkRecurrence` refuses, or
 * for a start or zone that does not exist.
 */
export function nextOccurrence(rule: Recurrence, after: Date): Date | null {
  return firstAfter(expand(rule), after);
}

/** The occurrences in (after, through], collapsed into their number and the last one, and the first one that follows. */
export function occurrencesThrough(rule: Recurrence, after: Date, through: Date): Stretch {
  const expansion = expand(rule);
  const next = firstAfter(expansion, through);
  const found = instantsWithin(expansion, after, through);
  const last = found.length > MOST_COUNTED ? lastThrough(expansion, through) : (found.at(-1) ?? null);
  return { missed: Math.min(found.length, MOST_COUNTED), last, next };
}

/** The occurrences in (after, through], in order; beyond 1,000 the rest may be missing. */
export function occurrencesWithin(rule: Recurrence, after: Date, through: Date): Date[] {
  return instantsWithin(expand(rule), after, through);
}

/** A rule that was read: its days, the time of day of each, and its end. */
interface WallRule {
  readonly days: RuleDays;
  /** The first wall time, if it matches. */
  readonly start: number;
  /** UNTIL as an instant, else Infinity. The last day is then one that is too late in every zone. */
  readonly until: number;
}

interface Expansion extends WallRule {
  readonly timeZone: string;
}

function expand({ rrule, start, timeZone }: Recurrence): Expansion {
  const name = `${start} ${rrule}`;
  const known = read.get(name) ?? readRule(rrule, start);
  read.set(name, known);
  return { ...known, timeZone };
}

function readRule(rrule: string, start: string): WallRule {
  const rule = parseRule(rrule);
  const from = parseWallTime(start);
  const isInstant = rule.until?.endsWith('Z') === true;
  const until = isInstant ? Date.parse(rule.until ?? '') : Infinity;
  const end = isInstant
    ? until + FARTHEST_EAST + LARGEST_JUMP
    : rule.until === null
      ? Infinity
      : parseWallTime(rule.until);
  const day = Math.floor(from / DAY_MS);
  const last = Math.floor((Math.min(end, LAST_WALL_TIME) - (from - day * DAY_MS)) / DAY_MS);
  const days = { ...dayRule(rule, day), last };
  const count = Number(rule.parts.get('COUNT') ?? 0);
  return { days: count > 0 ? { ...days, last: dayOfCount(days, count) } : days, start: from, until };
}

/** DAILY that names months or days of them is looked for month by month, so that a rule for leap days takes few steps. */
function dayRule({ frequency, parts }: RuleParts, start: number): DayRule {
  const list = (name: string): string[] => parts.get(name)?.split(',') ?? [];
  const numbers = (name: string): number[] => list(name).map(Number);
  const [months, monthDays, weekdays] = [numbers('BYMONTH'), numbers('BYMONTHDAY'), list('BYDAY')];
  const interval = Number(parts.get('INTERVAL') ?? 1);
  const isMonthly = frequency === 'DAILY' && months.length + monthDays.length > 0;
  const allDays = isMonthly && monthDays.length + weekdays.length === 0;
  return {
    frequency: isMonthly ? 'MONTHLY' : frequency,
    interval: isMonthly ? 1 : interval,
    stride: isMonthly ? interval : 1,
    weekStart: WEEKDAYS.indexOf(parts.get('WKST') ?? 'MO') + 1,
    months,
    monthDays,
    yearDays: numbers('BYYEARDAY'),
    weekdays: (allDays ? WEEKDAYS : weekdays).map(weekdayNamed),
    positions: numbers('BYSETPOS'),
    start,
  };
}

function weekdayNamed(text: string): RuleWeekday {
  const position = text.slice(0, -2);
  return { position: position === '' ? null : Number(position), weekday: WEEKDAYS.indexOf(text.slice(-2)) + 1 };
}

function firstAfter(expansion: Expansion, after: Date): Date | null {
  const { timeZone, until } = expansion;
  for (const wall of wallsAfter(expansion, wallOf(after, timeZone) - LARGEST_JUMP)) {
    const instant = instantOfWall(wall, timeZone);
    if (instant.getTime() > until) return null;
    if (instant > after) return instant;
  }
  return null;
}

function lastThrough(expansion: Expansion, through: Date): Date | null {
  const { timeZone, until, days, start } = expansion;
  const end = Math.min(through.getTime(), until);
  const timeOfDay = start - days.start * DAY_MS;
  for (let day = Math.floor((wallOf(new Date(end), timeZone) + LARGEST_JUMP) / DAY_MS); ;) {
    const found = dayThrough(days, day);
    if (found === null) return null;
    const instant = instantOfWall(found * DAY_MS + timeOfDay, timeZone);
    if (instant.getTime() <= end) return instant;
    day = found - 1;
  }
}

/** The instants in (after, through], in order; after 1,001 the list is cut. */
function instantsWithin(expansion: Expansion, after: Date, through: Date): Date[] {
  const { timeZone, until } = expansion;
  const last = Math.min(through.getTime(), until);
  const end = wallOf(through, timeZone) + LARGEST_JUMP;
  const found: Date[] = [];
  for (const wall of wallsAfter(expansion, wallOf(after, timeZone) - LARGEST_JUMP)) {
    if (wall > end || found.length > MOST_COUNTED) break;
    const instant = instantOfWall(wall, timeZone);
    const isNew = instant.getTime() !== found.at(-1)?.getTime();
    if (isNew && instant > after && instant.getTime() <= last) found.push(instant);
  }
  return found;
}

/** The wall times of the rule after another, in order. */
function* wallsAfter({ days, start }: WallRule, wall: number): Generator<number, void> {
  const timeOfDay = start - days.start * DAY_MS;
  for (const day of daysFrom(days, Math.floor((wall - timeOfDay) / DAY_MS) + 1)) yield day * DAY_MS + timeOfDay;
}

/** Whether the BY parts can match at all, ignoring INTERVAL, COUNT and UNTIL, which only thin out or end a rule. */
function canOccur(rrule: string): boolean {
  return matchesAnyDay(dayRule(parseRule(rrule), 0));
}

/** Whether the rule has an occurrence from this start on. An UNTIL in UTC is read as wall time plus a day and a bit. */
function occursFrom(rrule: string, start: string): boolean {
  const rule = expand({ rrule, start, timeZone: 'UTC' });
  for (const first of wallsAfter(rule, rule.start - 1)) return first <= rule.until + LARGEST_JUMP;
  return false;
}

function parseWallTime(text: string): number {
  if (!isLocalDateTime(text)) throw new RangeError('A start is a wall time YYYY-MM-DDTHH:mm:ss from 1970 to 2100.');
  return Date.parse(`${text}Z`);
}
