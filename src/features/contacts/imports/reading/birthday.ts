import { dayOf } from '../../../../kit/day-text.js';
import type { DateOrder } from '../../../../kit/day-text.js';
import { isLocalDate } from '../../../../kit/instants.js';

/** Written where there is none: Outlook exports 0/0/00. */
const NONE = /^[0\s./-]*$/;
/** `--05-12`, `--0512`, and Apple's 1604, which stands for an unknown year. */
const YEARLESS = /^(?:--|1604-?)(\d{2})-?(\d{2})(?:T.*)?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T.*)?$/;
/** Of two digits, spreadsheets read 29 as 2029 and 30 as 1930; nobody is born after that. */
const LATEST = '2030';

/** Whether a text says that there is no birthday. */
export function isNoBirthday(text: string): boolean {
  return NONE.test(text);
}

/** A birthday as a contact has it, `YYYY-MM-DD` or `--MM-DD`; null when it is no date. */
export function birthdayOf(given: string, order: DateOrder): string | null {
  const text = given.trim();
  const [, month, date] = YEARLESS.exec(text) ?? [];
  if (month && date) return isLocalDate(`2000-${month}-${date}`) ? `--${month}-${date}` : null;
  const [, year, mm, dd] = COMPACT.exec(text) ?? [];
  const day = dayOf(year ? `${year}-${mm ?? ''}-${dd ?? ''}` : text, order);
  if (day === null || day < LATEST) return day;
  return `${Number(day.slice(0, 4)) - 100}${day.slice(4)}`;
}
