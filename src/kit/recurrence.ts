import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { instantOfWallTime, inZone, isLocalDateTime } from './instants.js';
import { spellOut } from './rrule-explicit.js';
import { parseRule } from './rrule-text.js';

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

const LAST_WALL_TIME = Date.UTC(2100, 11, 31, 23, 59, 59);

/** The step budget: 1970 to 2100 has 47,847 days, so within it every rule either occurs or is known to be impossible. */
const MOST_PERIODS = 60_000;

/** All combinations of weekdays, leap years and dates appear within 28 years, unless a century year has no leap day. */
const CYCLE_START = Date.UTC(2000, 0, 1);
const CYCLE_END = Date.UTC(2029, 0, 31);

/**
 * What is wrong with a rule and how to correct it, as one sentence, or null when it is valid.
 *
 * Valid means: DAILY to YEARLY, INTERVAL up to 366, COUNT up to 1,000, 24 BY values, no times of day, and at least one
 * occurrence: with a start, from that start on until 2100; without, for some start.
 */
export function checkRecurrence(rrule: string, start?: string): string | null {
  try {
    if (!canOccur(rrule))
      return 'The rule never occurs because its parts exclude each other: remove one of the BY parts.';
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

/** A prepared rule. Its wall times are written as if they were UTC. */
interface Expansion {
  wallTimes: RRuleTemporal;
  timeZone: string;
  /** No occurrence is later than this instant. */
  until: number;
}

function expand({ rrule, start, timeZone }: Recurrence): Expansion {
  const rule = parseRule(rrule);
  const wallStart = parseWallTime(start);
  const spelled = spellOut(rule, new Date(wallStart));
  if (rule.until === null) return expansion(spelled, wallStart, LAST_WALL_TIME, timeZone, Infinity);
  if (!rule.until.endsWith('Z')) return expansion(spelled, wallStart, parseWallTime(rule.until), timeZone, Infinity);
  const until = new Date(rule.until);
  return expansion(spelled, wallStart, wallTimeOf(until, timeZone) + LARGEST_JUMP, timeZone, until.getTime());
}

function expansion(rrule: string, start: number, wallUntil: number, timeZone: string, until: number): Expansion {
  const wallTimes = new RRuleTemporal({
    rruleString: rrule,
    dtstart: asUtc(start),
    until: asUtc(Math.min(wallUntil, LAST_WALL_TIME)),
    maxIterations: MOST_PERIODS,
  });
  return { wallTimes, timeZone, until };
}

function firstAfter(expansion: Expansion, after: Date): Date | null {
  let wallTime = wallTimeOf(after, expansion.timeZone) - LARGEST_JUMP;
  for (;;) {
    const occurrence = expansion.wallTimes.next(new Date(wallTime));
    if (!occurrence) return null;
    const instant = instantOfWallTime(occurrence.toPlainDateTime(), expansion.timeZone);
    if (instant.getTime() > expansion.until) return null;
    if (instant > after) return instant;
    wallTime = occurrence.epochMilliseconds;
  }
}

function lastThrough(expansion: Expansion, through: Date): Date | null {
  const end = Math.min(through.getTime(), expansion.until);
  let wallTime = wallTimeOf(new Date(end), expansion.timeZone) + LARGEST_JUMP;
  for (;;) {
    const occurrence = expansion.wallTimes.previous(new Date(wallTime));
    if (!occurrence) return null;
    const instant = instantOfWallTime(occurrence.toPlainDateTime(), expansion.timeZone);
    if (instant.getTime() <= end) return instant;
    wallTime = occurrence.epochMilliseconds;
  }
}

/** The instants in (after, through], in order; beyond 1,000 the list may be cut anywhere. */
function instantsWithin(expansion: Expansion, after: Date, through: Date): Date[] {
  const { wallTimes, timeZone } = expansion;
  const last = Math.min(through.getTime(), expansion.until);
  const end = wallTimeOf(through, timeZone) + LARGEST_JUMP;
  const found: Date[] = [];
  let from = wallTimeOf(after, timeZone) - LARGEST_JUMP;
  // Windows that double in length, the first as long as 1,000 daily occurrences, so that both dense and sparse rules need few steps.
  for (let days = MOST_COUNTED; from < end && found.length <= MOST_COUNTED; days *= 2) {
    const to = Math.min(end, from + days * 24 * HOUR);
    for (const occurrence of wallTimes.between(new Date(from), new Date(to), true)) {
      const instant = instantOfWallTime(occurrence.toPlainDateTime(), timeZone);
      const isNew = instant.getTime() !== found.at(-1)?.getTime();
      if (isNew && instant > after && instant.getTime() <= last) found.push(instant);
    }
    from = to;
  }
  return found;
}

/** Whether the BY parts can match at all, ignoring INTERVAL, COUNT and UNTIL, which only thin out or end a rule. */
function canOccur(rrule: string): boolean {
  const { frequency, parts } = parseRule(rrule);
  const by = [...parts].filter(([name]) => name.startsWith('BY'));
  if (by.length === 0) return true;
  const bare = { frequency, parts: new Map([['FREQ', frequency], ...by]), until: null };
  const rule = spellOut(bare, new Date(CYCLE_START));
  return expansion(rule, CYCLE_START, CYCLE_END, 'UTC', Infinity).wallTimes.next(new Date(CYCLE_START), true) !== null;
}

/** Whether the rule has an occurrence from this start on. An UNTIL in UTC is read as wall time plus a day and a bit. */
function occursFrom(rrule: string, start: string): boolean {
  const { wallTimes } = expand({ rrule, start, timeZone: 'UTC' });
  return wallTimes.next(new Date(parseWallTime(start)), true) !== null;
}

function parseWallTime(text: string): number {
  if (!isLocalDateTime(text)) throw new RangeError('A start is a wall time YYYY-MM-DDTHH:mm:ss from 1970 to 2100.');
  return Temporal.PlainDateTime.from(text).toZonedDateTime('UTC').epochMilliseconds;
}

function wallTimeOf(instant: Date, timeZone: string): number {
  return instant.getTime() + inZone(instant, timeZone).offsetNanoseconds / 1_000_000;
}

function asUtc(wallTime: number): Temporal.ZonedDateTime {
  return new Temporal.ZonedDateTime(BigInt(wallTime) * 1_000_000n, 'UTC');
}
