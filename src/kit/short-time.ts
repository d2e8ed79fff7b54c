import { inZone } from './instants.js';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * `Mon 2 Mar 2026, 10:00`, the local time in the zone. The names are our own, because those of ICU differ between
 * versions of Node.
 */
export function shortTime(instant: unknown, timeZone: string): string {
  const date = typeof instant === 'string' ? new Date(instant) : null;
  if (!date || Number.isNaN(date.getTime())) return 'an unknown time';
  const { dayOfWeek, day, month, year, hour, minute } = inZone(date, timeZone);
  const clock = [hour, minute].map((part) => String(part).padStart(2, '0')).join(':');
  return `${DAYS[dayOfWeek - 1] ?? ''} ${day} ${MONTHS[month - 1] ?? ''} ${year}, ${clock}`;
}
