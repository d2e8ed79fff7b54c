import { daysOverdue, listed, textOf, wordsOf } from './facts.js';
import { isData } from './message.js';
import type { Notice } from './message.js';
import { shortTime } from './times.js';

/** The small print under a message: when, how much it matters, whether it is late, and what it is about. */
export function contextOf(notice: Notice): string[] {
  const { data, sample, type } = notice;
  const priority = textOf(data, 'priority');
  return [
    ...(sample ? ['Sample: this did not happen'] : []),
    ...timesOf(notice),
    ...(priority && priority !== 'normal' ? [`${wordsOf(priority)} priority`] : []),
    ...(type === 'reminder.due' ? lateness(notice) : []),
    ...aboutOf(notice),
  ];
}

function timesOf({ data, timeZone, type }: Notice): string[] {
  const field = ['dueAt', 'startsAt'].find((name) => typeof data[name] === 'string');
  if (!field || !/^(reminder|round)\./.test(type)) return [];
  return [`${field === 'dueAt' ? 'Due' : 'Starts'} ${shortTime(data[field], timeZone)} (${timeZone})`];
}

function lateness({ data, timestamp }: Notice): string[] {
  const missed = typeof data.missedCount === 'number' ? data.missedCount : 0;
  return [
    ...(data.late === true && daysOverdue(data.dueAt, timestamp) === 0 ? ['Late'] : []),
    ...(missed > 0 ? [`${missed} further ${missed === 1 ? 'repeat' : 'repeats'} missed`] : []),
  ];
}

/** Whom or what a ring is about, as that stood when it rang; else the job of a contact. */
function aboutOf({ data, type }: Notice): string[] {
  const about = isData(data.snapshot) ? data.snapshot : type.startsWith('contact.') ? data : null;
  if (!about) return [];
  const job = listed([textOf(about, 'title'), textOf(about, 'company')], ' at ');
  const what = listed([isData(data.snapshot) ? textOf(about, 'name') : null, job === '' ? null : job], ', ');
  return what === '' ? [] : [what];
}
