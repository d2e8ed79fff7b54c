import { shortTime } from '../../../kit/short-time.js';
import { daysOverdue, isData, textOf } from '../../../kit/words.js';
import type { Data } from '../../../kit/words.js';
import { declareEvent } from '../../../platform/contract/catalogue.js';
import type { Happening, WordedList } from '../../../platform/contract/catalogue.js';
import { days, titleOf } from '../reminder.words.js';
import { Digest } from './digest.entity.js';

export const digestEvents = {
  ready: declareEvent({
    name: 'digest.ready',
    resource: Digest,
    scope: 'reminders',
    description: 'A digest was created: what is due, what comes next and what to do first.',
    sentence: (data, { timeZone }) => {
      const first = isData(data.nextBestAction) ? textOf(data.nextBestAction, 'title') : null;
      const until = shortTime(data.coversUntil, timeZone);
      const counted = `${String(data.dueCount)} due, ${String(data.upcomingCount)} more by ${until}`;
      return `${counted}${first === null ? '' : `. First: ${first}`}`;
    },
    lists: listsOf,
  }),
};

function listsOf(data: Data, happening: Happening): WordedList[] {
  const due = linesOf(data.due, (item) => `${itemOf(item)}${waitOf(item, happening)}`);
  const upcoming = linesOf(data.upcoming, (item) => `${itemOf(item)}: ${shortTime(item.dueAt, happening.timeZone)}`);
  return [
    { heading: 'Due', lines: withRest(due, data.dueCount) },
    { heading: 'Coming', lines: withRest(upcoming, data.upcomingCount) },
  ].filter(({ lines }) => lines.length > 0);
}

function linesOf(items: unknown, line: (item: Data) => string): string[] {
  return Array.isArray(items) ? items.filter(isData).map(line) : [];
}

function itemOf(item: Data): string {
  return `${titleOf(item)}${textOf(item, 'priority') === 'high' ? ' (high priority)' : ''}`;
}

function waitOf(item: Data, { timestamp }: Happening): string {
  const waited = daysOverdue(item.dueAt, timestamp);
  return waited === 0 ? '' : ` — ${days(waited)} overdue`;
}

function withRest(lines: readonly string[], count: unknown): string[] {
  const more = typeof count === 'number' ? count - lines.length : 0;
  return more > 0 ? [...lines, `and ${more} more`] : [...lines];
}
