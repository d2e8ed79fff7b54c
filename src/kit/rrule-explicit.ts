import type { Frequency, RuleParts } from './rrule-text.js';

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/**
 * An equivalent rule in the form that expands fastest.
 *
 * Parts that a rule omits come from its start (RFC 5545 §3.3.10): here they are made explicit. And a rule for days or
 * weeks that names months or days of the month becomes a rule for months, which skips months that cannot match: far from its
 * start, `FREQ=DAILY;BYDAY=TU,SA;BYMONTHDAY=-30,-2;COUNT=1000` takes 4 ms instead of 215.
 *
 * @param start the start's wall time, written as if it were UTC
 */
export function spellOut({ frequency, parts }: RuleParts, start: Date): string {
  const spelled = new Map(parts);
  const to = canBeMonthly(frequency, parts) ? 'MONTHLY' : frequency;
  spelled.set('FREQ', to);
  if (!namesDays(parts)) {
    for (const [name, value] of impliedDays(frequency, to, parts, start)) spelled.set(name, value);
  }
  return [...spelled].map(([name, value]) => `${name}=${value}`).join(';');
}

/** Not possible with an interval: every second week of June depends on the weeks before June. */
function canBeMonthly(frequency: Frequency, parts: ReadonlyMap<string, string>): boolean {
  const namesMonths = parts.has('BYMONTH') || parts.has('BYMONTHDAY');
  return (frequency === 'DAILY' || frequency === 'WEEKLY') && namesMonths && Number(parts.get('INTERVAL') ?? 1) === 1;
}

function namesDays(parts: ReadonlyMap<string, string>): boolean {
  return parts.has('BYDAY') || parts.has('BYMONTHDAY') || parts.has('BYYEARDAY');
}

function impliedDays(
  from: Frequency,
  to: Frequency,
  parts: ReadonlyMap<string, string>,
  start: Date,
): [string, string][] {
  const monthDay: [string, string] = ['BYMONTHDAY', String(start.getUTCDate())];
  switch (from) {
    case 'DAILY':
      return to === 'MONTHLY' ? [['BYDAY', WEEKDAYS.join(',')]] : [];
    case 'WEEKLY':
      return [['BYDAY', WEEKDAYS[start.getUTCDay()] ?? '']];
    case 'MONTHLY':
      return [monthDay];
    case 'YEARLY':
      return parts.has('BYMONTH') ? [monthDay] : [['BYMONTH', String(start.getUTCMonth() + 1)], monthDay];
  }
}
