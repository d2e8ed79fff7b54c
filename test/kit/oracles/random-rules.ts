import type { Recurrence } from '../../../src/kit/recurrence.js';
import { chance } from '../../processes/chance.js';

/** A rule, and an instant after which it is asked for more. */
export interface Question extends Recurrence {
  readonly after: Date;
}

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
/** Gaps and overlaps at midnight, at two, of half an hour, of a whole day (Samoa, 2011), and none. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Beirut',
  'America/Havana',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'America/Sao_Paulo',
  'Asia/Kolkata',
];
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** The same questions for the same seed, of every part that we take and of some that we refuse. */
export function questions(seed: number, count: number): Question[] {
  const draw = new Draw(seed);
  return Array.from({ length: count }, () => question(draw));
}

/** The line that rules.py reads. */
export function lineOf({ rrule, start, timeZone, after }: Question): string {
  return [rrule, start, timeZone, after.getTime() / 1000].join(' ');
}

function question(draw: Draw): Question {
  const day = draw.between(0, 27_000) * DAY_MS;
  const start = new Date(day + draw.between(0, 1_439) * MINUTE_MS);
  const after = new Date(start.getTime() + draw.between(-100, 3_000) * DAY_MS);
  const rrule = rule(draw, start);
  return { rrule, start: start.toISOString().slice(0, 16), timeZone: draw.one(ZONES), after };
}

function rule(draw: Draw, start: Date): string {
  const frequency = draw.one(['DAILY', 'WEEKLY', 'MONTHLY', 'MONTHLY', 'YEARLY', 'YEARLY']);
  const by = byParts(draw, frequency);
  const parts = [`FREQ=${frequency}`, ...by, ...ending(draw, start)];
  if (draw.chance(0.4)) parts.push(`INTERVAL=${draw.one([2, 2, 3, 4, 5, 6, 8, 12, 18, 366])}`);
  if (draw.chance(0.2)) parts.push(`WKST=${draw.one(WEEKDAYS)}`);
  return parts.join(';');
}

function byParts(draw: Draw, frequency: string): string[] {
  const isLong = frequency === 'MONTHLY' || frequency === 'YEARLY';
  const parts: string[] = [];
  if (draw.chance(0.3)) parts.push(`BYMONTH=${draw.some(3, () => draw.between(1, 12))}`);
  if (draw.chance(frequency === 'WEEKLY' ? 0.03 : 0.3))
    parts.push(`BYMONTHDAY=${draw.some(3, () => signed(draw, 31))}`);
  if (draw.chance(0.4)) parts.push(`BYDAY=${draw.some(3, () => weekday(draw, isLong))}`);
  if (frequency === 'YEARLY' && draw.chance(0.1)) parts.push(`BYYEARDAY=${draw.some(3, () => signed(draw, 366))}`);
  if (draw.chance(0.01)) parts.push(`BYWEEKNO=${draw.between(1, 53)}`);
  if (parts.length > 0 && draw.chance(isLong ? 0.25 : 0.03)) {
    parts.push(`BYSETPOS=${draw.some(2, () => signed(draw, 5))}`);
  }
  return parts;
}

function weekday(draw: Draw, mayCount: boolean): string {
  const day = draw.one(WEEKDAYS);
  return draw.chance(mayCount ? 0.3 : 0.02) ? `${signed(draw, 5)}${day}` : day;
}

function signed(draw: Draw, most: number): number {
  return draw.between(1, most) * (draw.chance(0.3) ? -1 : 1);
}

function ending(draw: Draw, start: Date): string[] {
  const kind = draw.between(0, 5);
  if (kind <= 1) return [`COUNT=${draw.between(1, 40)}`];
  const until = new Date(start.getTime() + draw.between(0, 2_000_000) * MINUTE_MS).toISOString().replace(/[-:]/g, '');
  if (kind === 2) return [`UNTIL=${until.slice(0, 8)}`];
  return kind === 3 ? [`UNTIL=${until.slice(0, 15)}Z`] : [];
}

/** Random choices that are the same for the same seed. */
class Draw {
  private readonly next: () => number;

  constructor(seed: number) {
    this.next = chance(seed);
  }

  chance(likely: number): boolean {
    return this.next() < likely;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  one<T>(values: readonly T[]): T {
    return values[this.between(0, values.length - 1)] as T;
  }

  /** One to `most` different values, as a part lists them. */
  some(most: number, value: () => string | number): string {
    return [...new Set(Array.from({ length: this.between(1, most) }, value))].join(',');
  }
}
