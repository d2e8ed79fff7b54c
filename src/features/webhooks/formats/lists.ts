import { daysOverdue, textOf } from './facts.js';
import { isData } from './message.js';
import type { Data, Notice } from './message.js';
import { shortTime } from './times.js';

/** Things enumerated under a heading. */
export interface WordedList {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** What a digest enumerates: what is due, and what comes. Nothing else has lists. */
export function listsOf(notice: Notice): WordedList[] {
  if (notice.type !== 'digest.ready') return [];
  const due = linesOf(notice.data.due, (item) => `${titleOf(item)}${waitOf(item, notice)}`);
  const upcoming = linesOf(
    notice.data.upcoming,
    (item) => `${titleOf(item)}: ${shortTime(item.dueAt, notice.timeZone)}`,
  );
  return [
    { heading: 'Due', lines: withRest(due, notice.data.dueCount) },
    { heading: 'Coming', lines: withRest(upcoming, notice.data.upcomingCount) },
  ].filter(({ lines }) => lines.length > 0);
}

function linesOf(items: unknown, line: (item: Data) => string): string[] {
  return Array.isArray(items) ? items.filter(isData).map(line) : [];
}

function titleOf(item: Data): string {
  return `${textOf(item, 'title') ?? 'A reminder'}${textOf(item, 'priority') === 'high' ? ' (high priority)' : ''}`;
}

function waitOf(item: Data, { timestamp }: Notice): string {
  const days = daysOverdue(item.dueAt, timestamp);
  return days === 0 ? '' : ` — ${days} ${days === 1 ? 'day' : 'days'} overdue`;
}

function withRest(lines: readonly string[], count: unknown): string[] {
  const more = typeof count === 'number' ? count - lines.length : 0;
  return more > 0 ? [...lines, `and ${more} more`] : [...lines];
}
