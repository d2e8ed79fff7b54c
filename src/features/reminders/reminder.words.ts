import { shortTime } from '../../kit/short-time.js';
import { daysOverdue, isData, listed, textOf, wordsOf } from '../../kit/words.js';
import type { Data } from '../../kit/words.js';
import type { Happening } from '../../platform/contract/catalogue.js';
import { kindOf } from './kinds.service.js';

export function titleOf(data: Data): string {
  return textOf(data, 'title') ?? 'A reminder';
}

export function days(count: number): string {
  return `${count} ${count === 1 ? 'day' : 'days'}`;
}

/** The due time, the priority, and the subject as it was when the reminder rang. */
export function circumstances(data: Data, happening: Happening): string[] {
  return [...dueOf(data, happening), ...priorityOf(data), ...aboutOf(data, happening)];
}

/** The same for a ring, and how late it is. */
export function circumstancesOfRing(data: Data, happening: Happening): string[] {
  return [...dueOf(data, happening), ...priorityOf(data), ...lateness(data, happening), ...aboutOf(data, happening)];
}

function dueOf({ dueAt }: Data, { timeZone }: Happening): string[] {
  return typeof dueAt === 'string' ? [`Due ${shortTime(dueAt, timeZone)} (${timeZone})`] : [];
}

function priorityOf(data: Data): string[] {
  const priority = textOf(data, 'priority');
  return priority && priority !== 'normal' ? [`${wordsOf(priority)} priority`] : [];
}

function lateness({ dueAt, late, missedCount }: Data, { timestamp }: Happening): string[] {
  const missed = typeof missedCount === 'number' ? missedCount : 0;
  return [
    ...(late === true && daysOverdue(dueAt, timestamp) === 0 ? ['Late'] : []),
    ...(missed > 0 ? [`${missed} further ${missed === 1 ? 'repeat' : 'repeats'} missed`] : []),
  ];
}

/** What the kind says about its subject. By default its name, title and company, if it has them. */
function aboutOf({ snapshot, kind }: Data, happening: Happening): readonly string[] {
  if (!isData(snapshot)) return [];
  const { facts } = (typeof kind === 'string' && kindOf(kind)) || {};
  if (facts) return facts(snapshot, happening);
  const job = listed([textOf(snapshot, 'title'), textOf(snapshot, 'company')], ' at ');
  const what = listed([textOf(snapshot, 'name'), job === '' ? null : job], ', ');
  return what === '' ? [] : [what];
}
