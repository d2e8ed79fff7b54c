import { fold } from './fold.js';
import { isLocalDate } from './instants.js';
import { monthNamed } from './month-names.js';

/** Which of two numbers is the day, when a date such as 2/7/2022 has both below 13. */
export type DateOrder = 'dayFirst' | 'monthFirst';

/** A date as it is written: certain, or with its day and month in either order. */
type Reading = { readonly certain: string; readonly shows: DateOrder | null } | { readonly either: Either };
type Either = Readonly<Record<DateOrder, string>>;

/** Longer than any date with its time. The expressions below would take seconds for 60,000 letters. */
const LONGEST = 100;

const SEPARATED = /^(\d{1,4})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{1,4})\.?$/;
const CJK = /^(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?$/;
const TIME = /[T\s,]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([ap]\.?m\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;

/**
 * The date of a text as people write it: `7-Feb-22`, `07 Feb 2022`, `2/7/2022`, `2022-02-07`, `7. Februar 2022`,
 * `2022年2月7日`. A time after it is left out. Null when it is no date.
 *
 * @param order decides between day and month where both are possible
 */
export function dayOf(text: string, order: DateOrder): string | null {
  const reading = readingOf(text);
  if (!reading) return null;
  return 'certain' in reading ? reading.certain : reading.either[order];
}

/** Whether day and month of the text can be told apart only by knowing their order. */
export function isAmbiguous(text: string): boolean {
  const reading = readingOf(text);
  return reading !== null && 'either' in reading && reading.either.dayFirst !== reading.either.monthFirst;
}

/** The order that a date proves: 13/2/2022 begins with its day. Null when it proves none. */
export function orderShown(text: string): DateOrder | null {
  const reading = readingOf(text);
  return reading && 'certain' in reading ? reading.shows : null;
}

function readingOf(text: string): Reading | null {
  if (text.length > LONGEST) return null;
  const day = text.normalize('NFKC').trim().replace(TIME, '').trim();
  const [, year, month, date] = CJK.exec(day) ?? [];
  if (year && month && date) return certain(year, month, date);
  const numbers = SEPARATED.exec(day.replace(/\.\s+(?=\d)/g, '.'));
  return numbers ? fromNumbers(numbers) : fromWords(day);
}

function fromNumbers([, first = '', separator = '', second = '', third = '']: readonly string[]): Reading | null {
  if (first.length === 4) return certain(first, second, third);
  if (third.length !== 4 && third.length !== 2) return null;
  // Where dates are written with points, the day is first.
  if (separator === '.') return certain(third, second, first);
  const dayFirst = dateOf(third, second, first);
  const monthFirst = dateOf(third, first, second);
  if (dayFirst && monthFirst) return { either: { dayFirst, monthFirst } };
  if (dayFirst) return { certain: dayFirst, shows: 'dayFirst' };
  return monthFirst ? { certain: monthFirst, shows: 'monthFirst' } : null;
}

/** A month's name with two numbers, in any order: the year is the one with four digits, else the last. */
function fromWords(text: string): Reading | null {
  const tokens = fold(text).match(/\p{L}+|\d+/gu) ?? [];
  const numbers = tokens.filter((token) => /^\d+$/.test(token));
  const months = tokens.flatMap((token) => monthNamed(token) ?? []);
  const [one = '', other = ''] = numbers;
  const [month] = months;
  if (numbers.length !== 2 || months.length !== 1 || month === undefined) return null;
  const yearFirst = one.length === 4;
  return yearFirst ? certain(one, String(month), other) : certain(other, String(month), one);
}

function certain(year: string, month: string, day: string): Reading | null {
  const date = dateOf(year, month, day);
  return date === null ? null : { certain: date, shows: null };
}

function dateOf(year: string, month: string, day: string): string | null {
  if (day.length > 2 || (year.length !== 4 && year.length !== 2)) return null;
  // As spreadsheets read years of two digits, with 70 as the first of the last century.
  const whole = year.length === 4 ? year : `${Number(year) < 70 ? '20' : '19'}${year}`;
  const date = `${whole}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isLocalDate(date) && whole >= '1900' && whole <= '2100' ? date : null;
}
