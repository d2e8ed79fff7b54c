import { calendarDay, dayNumber, modulo, weekdayOf } from './calendar-days.js';
import type { Frequency } from './rrule-text.js';

/** A weekday, or with a position the first (1), second (2) or last (-1) and so on of its month or year. */
export interface RuleWeekday {
  readonly position: number | null;
  /** 1 for Monday to 7 for Sunday. */
  readonly weekday: number;
}

/** A rule in numbers, with the day from which it counts. An empty list says nothing. */
export interface DayRule {
  readonly frequency: Frequency;
  readonly interval: number;
  /** Of days that DAILY names by month, only those count that are a multiple of so many days after the start. */
  readonly stride: number;
  /** The first day of a week, 1 for Monday to 7 for Sunday. */
  readonly weekStart: number;
  readonly months: readonly number[];
  readonly monthDays: readonly number[];
  readonly yearDays: readonly number[];
  readonly weekdays: readonly RuleWeekday[];
  readonly positions: readonly number[];
  /** The number of the first day; see `dayNumber`. */
  readonly start: number;
}

/** Whole months or a whole year, as numbers of days: the last one is not part of it. */
type Room = readonly [first: number, end: number];

const DAYS_A_WEEK = 7;

/**
 * The number of the period that a day lies in, where the one of the start is 0: days, weeks, months or years that the interval
 * counts. A day in a period that the interval leaves out belongs to the one before it.
 */
export function periodOf(rule: DayRule, day: number): number {
  return Math.floor((unitOf(rule, day) - unitOf(rule, rule.start)) / rule.interval);
}

/**
 * The days of a period that match the rule, in order (RFC 5545 §3.3.10). They are found from the number of the period alone, so a
 * period a century after the start costs as much as the first. Days before the start are left out.
 */
export function daysOfPeriod(rule: DayRule, period: number): number[] {
  const unit = unitOf(rule, rule.start) + period * rule.interval;
  const days = picked(rule, stridden(rule, daysOfUnit(rule, unit)));
  return (days[0] ?? rule.start) >= rule.start ? days : days.filter((day) => day >= rule.start);
}

function unitOf({ frequency, weekStart }: DayRule, day: number): number {
  if (frequency === 'DAILY') return day;
  if (frequency === 'WEEKLY') return Math.floor((day - firstOfWeek(weekStart)) / DAYS_A_WEEK);
  const { year, month } = calendarDay(day);
  return frequency === 'MONTHLY' ? year * 12 + month - 1 : year;
}

/** The first day of some week. Day 4 was a Monday. */
function firstOfWeek(weekStart: number): number {
  return 4 + weekStart - 1;
}

function daysOfUnit(rule: DayRule, unit: number): number[] {
  switch (rule.frequency) {
    case 'DAILY':
      return rule.weekdays.length === 0 || isOneOf(rule.weekdays, unit) ? [unit] : [];
    case 'WEEKLY':
      return daysOfWeek(rule, firstOfWeek(rule.weekStart) + unit * DAYS_A_WEEK);
    case 'MONTHLY':
      return daysOfMonth(rule, Math.floor(unit / 12), modulo(unit, 12) + 1);
    case 'YEARLY':
      return daysOfYear(rule, unit);
  }
}

function isOneOf(weekdays: readonly RuleWeekday[], day: number): boolean {
  const of = weekdayOf(day);
  return weekdays.some(({ weekday }) => weekday === of);
}

function daysOfWeek({ months, weekdays, weekStart, start }: DayRule, first: number): number[] {
  const wanted = weekdays.length > 0 ? weekdays.map(({ weekday }) => weekday) : [weekdayOf(start)];
  const days = ordered(wanted.map((weekday) => first + modulo(weekday - weekStart, DAYS_A_WEEK)));
  return months.length === 0 ? days : days.filter((day) => months.includes(calendarDay(day).month));
}

function daysOfMonth(rule: DayRule, year: number, month: number): number[] {
  const { months, monthDays, weekdays, start } = rule;
  if (months.length > 0 && !months.includes(month)) return [];
  const room: Room = [dayNumber(year, month, 1), dayNumber(year, month + 1, 1)];
  if (monthDays.length > 0) {
    const days = counted(monthDays, room);
    return weekdays.length > 0 ? days.filter((day) => isOneOf(weekdays, day)) : days;
  }
  return weekdays.length > 0 ? weekdaysOf(weekdays, room) : counted([calendarDay(start).day], room);
}

function daysOfYear(rule: DayRule, year: number): number[] {
  const { months, monthDays, yearDays, weekdays, start } = rule;
  const room: Room = [dayNumber(year, 1, 1), dayNumber(year + 1, 1, 1)];
  if (yearDays.length > 0) return counted(yearDays, room);
  if (months.length === 0 && monthDays.length === 0) {
    return weekdays.length > 0 ? weekdaysOf(weekdays, room) : daysOfMonth(rule, year, calendarDay(start).month);
  }
  const days: number[] = [];
  for (let month = 1; month <= 12; month += 1) days.push(...daysOfMonth(rule, year, month));
  return days;
}

/** The days that are numbered from the first (1) or from the last (-1) of a month or year; one that it does not have is left out. */
function counted(numbers: readonly number[], [first, end]: Room): number[] {
  const days = numbers.map((number) => (number > 0 ? first + number - 1 : end + number));
  return ordered(days.filter((day) => day >= first && day < end));
}

function weekdaysOf(weekdays: readonly RuleWeekday[], room: Room): number[] {
  const isPlain = weekdays.every(({ position }) => position === null);
  return isPlain ? everyOne(weekdays, room) : ordered(weekdays.flatMap((wanted) => placesOf(wanted, room)));
}

/** All of some weekdays: of a year up to 366, so they are not sorted but found in order. */
function everyOne(weekdays: readonly RuleWeekday[], [first, end]: Room): number[] {
  const wanted = new Set(weekdays.map(({ weekday }) => weekday));
  const days: number[] = [];
  for (let day = first; day < end; day += 1) if (wanted.has(weekdayOf(day))) days.push(day);
  return days;
}

function placesOf({ position, weekday }: RuleWeekday, [first, end]: Room): number[] {
  const one = first + modulo(weekday - weekdayOf(first), DAYS_A_WEEK);
  const many = Math.ceil((end - one) / DAYS_A_WEEK);
  if (position === null) return Array.from({ length: many }, (_, n) => one + n * DAYS_A_WEEK);
  const place = position > 0 ? position - 1 : many + position;
  return place >= 0 && place < many ? [one + place * DAYS_A_WEEK] : [];
}

function stridden({ stride, start }: DayRule, days: number[]): number[] {
  return stride === 1 ? days : days.filter((day) => (day - start) % stride === 0);
}

/** BYSETPOS picks from all days of a period, those before the start included. */
function picked({ positions }: DayRule, days: number[]): number[] {
  if (positions.length === 0) return days;
  const chosen = positions.map((position) => days[position > 0 ? position - 1 : days.length + position]);
  return ordered(chosen.filter((day) => day !== undefined));
}

/** In order, and each once. */
function ordered(days: number[]): number[] {
  return days.length < 2 ? days : [...new Set(days)].sort((a, b) => a - b);
}
