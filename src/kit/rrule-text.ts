import { isLocalDateTime } from './instants.js';

/** A recurrence rule whose every part was checked against RFC 5545 §3.3.10 and our limits. */
export interface RuleParts {
  frequency: Frequency;
  /** Every part but UNTIL, which depends on the time zone, in the order of the rule. */
  parts: ReadonlyMap<string, string>;
  /** `YYYY-MM-DDTHH:mm:ss`, with a Z when it is an instant and without when it is a wall time; null when there is none. */
  until: string | null;
}

export type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';

const FREQUENCIES: readonly string[] = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];
const LARGEST_INTERVAL = 366;
const LARGEST_COUNT = 1000;
const MOST_BY_VALUES = 24;
const LONGEST_RULE = 500;

const WEEKDAY = /^(?:MO|TU|WE|TH|FR|SA|SU)$/;
const BY_DAY = /^([+-]?\d{1,2})?(?:MO|TU|WE|TH|FR|SA|SU)$/;
const UNTIL = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/;

/** The parts that list numbers: the largest value, whether they may count from the end, and the FREQ values that allow them. */
const NUMBER_LISTS: Readonly<Record<string, { max: number; signed: boolean; frequencies: readonly Frequency[] }>> = {
  BYMONTH: { max: 12, signed: false, frequencies: ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] },
  BYMONTHDAY: { max: 31, signed: true, frequencies: ['DAILY', 'MONTHLY', 'YEARLY'] },
  BYYEARDAY: { max: 366, signed: true, frequencies: ['YEARLY'] },
  // DAILY has nothing to select from, and some implementations see only the rest of the first week.
  BYSETPOS: { max: 366, signed: true, frequencies: ['MONTHLY', 'YEARLY'] },
};

/**
 * Reads the value of an RRULE (RFC 5545 §3.3.10, without the `RRULE:` in front), in capitals or not.
 * Throws RangeError with one sentence that names the part, what is wrong and how to correct it.
 */
export function parseRule(rrule: string): RuleParts {
  const parts = splitParts(rrule);
  const frequency = frequencyOf(parts);
  checkNumber(parts, 'INTERVAL', LARGEST_INTERVAL, 'take a longer FREQ');
  checkNumber(parts, 'COUNT', LARGEST_COUNT, 'leave it out, or name the end with UNTIL');
  if (parts.has('COUNT') && parts.has('UNTIL')) refuse('COUNT and UNTIL both end the rule: keep one of them.');
  checkWeekStart(parts.get('WKST'));
  checkBy(
    [...parts].filter(([name]) => name.startsWith('BY')),
    frequency,
  );
  const until = untilOf(parts.get('UNTIL'));
  parts.delete('UNTIL');
  return { frequency, parts, until };
}

function splitParts(rrule: string): Map<string, string> {
  if (rrule.length > LONGEST_RULE) refuse(`The rule is longer than ${LONGEST_RULE} characters: shorten its lists.`);
  if (/[\r\n]/.test(rrule)) refuse('The rule has a line break: give the value of one RRULE on one line.');
  if (/^RRULE:/i.test(rrule)) refuse('The rule begins with "RRULE:": leave that out and begin with FREQ=.');
  const parts = new Map<string, string>();
  for (const part of rrule.toUpperCase().split(';')) {
    const [, name, value] = /^([A-Z]+)=([A-Z0-9,+-]+)$/.exec(part) ?? [];
    if (name === undefined || value === undefined) refuse(`${quote(part)} is no part of a rule: write NAME=VALUE.`);
    if (!isKnown(name)) refuse(`${quote(name)} is not supported: leave it out${hintFor(name)}.`);
    if (parts.has(name)) refuse(`${name} appears twice: keep one of them.`);
    parts.set(name, value);
  }
  return parts;
}

function isKnown(name: string): boolean {
  return ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST', 'BYDAY'].includes(name) || Object.hasOwn(NUMBER_LISTS, name);
}

function hintFor(name: string): string {
  if (['BYHOUR', 'BYMINUTE', 'BYSECOND'].includes(name)) return ', the time of day is that of the start';
  // Around the turn of the year rrule-temporal and python-dateutil assign such weeks to different years.
  return name === 'BYWEEKNO' ? ', and use BYMONTH and BYDAY' : '';
}

function frequencyOf(parts: ReadonlyMap<string, string>): Frequency {
  const value = parts.get('FREQ');
  if (value === undefined) refuse('FREQ is missing: begin with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY.');
  if (!FREQUENCIES.includes(value)) {
    refuse(`FREQ=${shorten(value)} is not supported: take DAILY, WEEKLY, MONTHLY or YEARLY.`);
  }
  return value as Frequency;
}

function checkNumber(parts: ReadonlyMap<string, string>, name: string, max: number, wayOut: string): void {
  const value = parts.get(name);
  if (value === undefined) return;
  if (!/^\d{1,6}$/.test(value) || Number(value) < 1 || Number(value) > max) {
    refuse(`${name}=${shorten(value)} is not a number from 1 to ${max}: change it, or ${wayOut}.`);
  }
}

function checkWeekStart(value: string | undefined): void {
  if (value !== undefined && !WEEKDAY.test(value)) {
    refuse(`WKST=${shorten(value)} is no weekday: take one of MO, TU, WE, TH, FR, SA, SU.`);
  }
}

function checkBy(by: readonly (readonly [string, string])[], frequency: Frequency): void {
  const values = by.flatMap(([, value]) => value.split(','));
  if (values.length > MOST_BY_VALUES) {
    refuse(`The BY parts have ${values.length} values, at most ${MOST_BY_VALUES} are allowed: use several reminders.`);
  }
  const names = by.map(([name]) => name);
  checkCombination(names);
  for (const [name, value] of by) {
    if (name === 'BYDAY') checkDays(value, frequency, names);
    else checkList(name, value, frequency);
  }
}

/**
 * Refuses the combinations on which implementations disagree, ours and python-dateutil among them: a reminder must not
 * ring on another day than the calendar that the same rule was pasted from.
 */
function checkCombination(names: readonly string[]): void {
  const has = (name: string): boolean => names.includes(name);
  if (has('BYSETPOS') && names.length === 1) {
    refuse('BYSETPOS picks from other BY parts and there is none: add BYDAY or leave BYSETPOS out.');
  }
  if (has('BYYEARDAY') && names.some((name) => name !== 'BYYEARDAY' && name !== 'BYSETPOS')) {
    refuse('BYYEARDAY does not go with other BY parts: keep it alone, or use BYMONTH and BYMONTHDAY.');
  }
}

function checkDays(value: string, frequency: Frequency, names: readonly string[]): void {
  const mostOfOneDay = frequency === 'YEARLY' && !names.includes('BYMONTH') ? 53 : 5;
  const countsIn = frequency === 'MONTHLY' || frequency === 'YEARLY';
  const mayCount = countsIn && !names.includes('BYMONTHDAY');
  if (mayCount && mostOfOneDay === 53) checkUnmixed(value);
  for (const day of value.split(',')) {
    const position = BY_DAY.exec(day);
    if (!position) refuse(`BYDAY has ${quote(day)}, which is no weekday: write MO or, for the last Friday, -1FR.`);
    if (position[1] === undefined) continue;
    if (!mayCount) {
      refuse(`BYDAY=${day} counts weekdays, for MONTHLY or YEARLY without BYMONTHDAY: drop the number.`);
    }
    const count = Math.abs(Number(position[1]));
    if (count < 1 || count > mostOfOneDay) {
      refuse(`BYDAY=${day} must count from 1 to ${mostOfOneDay}: change the number.`);
    }
  }
}

/** For a whole year, rrule-temporal reads plain weekdays as the first of each, and python-dateutil as none. */
function checkUnmixed(value: string): void {
  const days = value.split(',');
  if (days.some((day) => /^[+-]?\d/.test(day)) && days.some((day) => !/^[+-]?\d/.test(day))) {
    refuse(`BYDAY=${shorten(value)} mixes counted and plain weekdays of a year: add BYMONTH, or use two reminders.`);
  }
}

function checkList(name: string, value: string, frequency: Frequency): void {
  const list = NUMBER_LISTS[name];
  if (!list) return;
  if (!list.frequencies.includes(frequency)) {
    refuse(`${name} does not go with FREQ=${frequency}: leave it out, or take FREQ=${list.frequencies.at(-1)}.`);
  }
  for (const text of value.split(',')) {
    const number = /^[+-]?\d{1,3}$/.test(text) ? Math.abs(Number(text)) : 0;
    if (number < 1 || number > list.max || (text.startsWith('-') && !list.signed)) {
      const range = list.signed ? `1 to ${list.max}, or -1 to -${list.max} from the end` : `1 to ${list.max}`;
      refuse(`${name} has ${quote(text)}, which is not a number from ${range}: change it.`);
    }
  }
}

/** A date without a time includes the whole day, because people mean the last day by it. */
function untilOf(value: string | undefined): string | null {
  if (value === undefined) return null;
  const [, year, month, day, hour = '23', minute = '59', second = '59', zone = ''] = UNTIL.exec(value) ?? [];
  const wallTime = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  if (!isLocalDateTime(wallTime)) {
    refuse(`UNTIL=${shorten(value)} is no moment from 1970 to 2100: write YYYYMMDD or YYYYMMDDTHHMMSSZ.`);
  }
  return wallTime + zone;
}

function quote(text: string): string {
  return `"${shorten(text)}"`;
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function refuse(sentence: string): never {
  throw new RangeError(sentence);
}
