import { actionsOf } from './actions.js';
import type { ActionLink } from './actions.js';
import { contextOf } from './context.js';
import { daysOverdue, listed, sentenceCase, textOf, wordsOf } from './facts.js';
import { listsOf } from './lists.js';
import type { WordedList } from './lists.js';
import { isData } from './message.js';
import type { Data, Notice } from './message.js';
import { shortTime } from './times.js';

/** An event in words, for formats that people read. Nothing is escaped yet. */
export interface Wording {
  /** The event's kind in two or three words: `Reminder due`. Never a caller's own text. */
  readonly kind: string;
  /** One sentence that says what happened, with the names in it. */
  readonly sentence: string;
  /** What else matters: when it is due, how much it matters, whether it is late. */
  readonly context: readonly string[];
  /** What is enumerated, each list under its heading. */
  readonly lists: readonly WordedList[];
  readonly actions: readonly ActionLink[];
}

type Sentence = (data: Data, notice: Notice) => string | null;

const title = (data: Data): string => textOf(data, 'title') ?? 'A reminder';
const name = (data: Data): string => textOf(data, 'name') ?? 'A contact';
const interview = (data: Data): string =>
  listed([textOf(data, 'role'), textOf(data, 'company')], ' at ') || 'Interview';
const round = (data: Data): string => `${sentenceCase(wordsOf(textOf(data, 'kind') ?? 'interview'))} round`;
const interaction = (data: Data): string =>
  `${wordsOf(textOf(data, 'channel') ?? 'touch')}${colon(textOf(data, 'summary'))}`;
const recruiter = (data: Data): string => textOf(data, 'agency') ?? 'A recruiter';
const at = (data: Data, field: string, { timeZone }: Notice): string => shortTime(data[field], timeZone);

/** What each event says. An event that is not here, or lacks what its sentence needs, is told by its name and its title. */
const SENTENCES: Readonly<Record<string, Sentence>> = {
  'reminder.due': (data, notice) => {
    const days = daysOverdue(data.dueAt, notice.timestamp);
    return days > 0 ? `${title(data)} — ${days} ${days === 1 ? 'day' : 'days'} overdue` : title(data);
  },
  'reminder.upcoming': (data, notice) => `${title(data)} comes up on ${at(data, 'dueAt', notice)}`,
  'reminder.overdue': (data, notice) => {
    const days = daysOverdue(data.dueAt, notice.timestamp);
    return `Still waiting${days > 0 ? ` after ${days} ${days === 1 ? 'day' : 'days'}` : ''}: ${title(data)}`;
  },
  'reminder.completed': (data) => `Done: ${title(data)}`,
  'reminder.snoozed': (data, notice) => `Put off until ${at(data, 'snoozedUntil', notice)}: ${title(data)}`,
  'reminder.dismissed': (data) => `Dismissed: ${title(data)}`,
  'reminder.created': (data, notice) => `${title(data)}, due ${at(data, 'dueAt', notice)}`,
  'reminder.updated': (data, { previous }) => `${title(data)} changed${changed(previous)}`,
  'reminder.deleted': (data) => `${title(data)} will not ring again`,
  'digest.ready': (data, notice) => {
    const first = isData(data.nextBestAction) ? textOf(data.nextBestAction, 'title') : null;
    const counted = `${String(data.dueCount)} due, ${String(data.upcomingCount)} more by ${at(data, 'coversUntil', notice)}`;
    return `${counted}${first === null ? '' : `. First: ${first}`}`;
  },
  'contact.created': (data) => `${name(data)} is a new contact`,
  'contact.updated': (data, { previous }) => `${name(data)} changed${changed(previous)}`,
  'contact.deleted': (data) => `${name(data)} was deleted; 30 days are left to restore the contact`,
  'contact.restored': (data) => `${name(data)} is back`,
  'contact.job_changed': (data, { previous }) => {
    const job = listed([textOf(data, 'title'), textOf(data, 'company')], ' at ');
    const before = listed([textOf(previous ?? {}, 'title'), textOf(previous ?? {}, 'company')], ' at ');
    return job === '' ? null : `${name(data)} has a new job: ${job}${before === '' ? '' : ` (before: ${before})`}`;
  },
  'interaction.logged': (data) => `Logged: ${interaction(data)}`,
  'interaction.updated': (data) => `Corrected: ${interaction(data)}`,
  'interaction.deleted': (data) => `Taken back: ${interaction(data)}`,
  'recruiter.created': (data) => `${recruiter(data)} has come into view`,
  'recruiter.updated': (data, notice) =>
    textOf(data, 'status') === 'parked' && data.parkedUntil
      ? `${recruiter(data)} is parked until ${at(data, 'parkedUntil', notice)}`
      : `${recruiter(data)} changed${changed(notice.previous)}`,
  'recruiter.deleted': (data) => `${recruiter(data)} was deleted; the contact stays`,
  'interview.started': (data) => `${interview(data)}: the process has begun`,
  'interview.updated': (data, { previous }) => `${interview(data)} changed${changed(previous)}`,
  'interview.stage_changed': (data, { previous }) => {
    const before = textOf(previous ?? {}, 'stage');
    return `${interview(data)}: ${before ? `${wordsOf(before)} → ` : 'now '}${wordsOf(textOf(data, 'stage') ?? '')}`;
  },
  'interview.deleted': (data) => `${interview(data)} was deleted, with its rounds`,
  'round.scheduled': (data, notice) => `${round(data)} on ${at(data, 'startsAt', notice)}`,
  'round.updated': (data, { previous }) => `${round(data)} changed${changed(previous)}`,
  'round.rescheduled': (data, notice) => `${round(data)} moved to ${at(data, 'startsAt', notice)}`,
  'round.completed': (data) => `${round(data)} is done: write down how it went while it is fresh`,
  'round.cancelled': (data, notice) => `${round(data)} of ${at(data, 'startsAt', notice)} was cancelled`,
  'round.no_show': (data, notice) => `${round(data)} of ${at(data, 'startsAt', notice)}: somebody did not come`,
  'round.deleted': (data) => `${round(data)} was deleted`,
  'account.updated': (_, { previous }) => `The settings of the account changed${changed(previous)}`,
  'webhook.ping': () => 'Kith is connected: what you asked for will arrive here',
  'webhook.endpoint_disabled': (data) =>
    `Nothing is sent to ${placeOf(data)} any more: ${
      textOf(data, 'disabledReason') === 'gone' ? 'it says that it is gone' : 'it failed for 120 hours'
    }`,
  'webhook.delivery_exhausted': (data) =>
    `A delivery of ${textOf(data, 'eventType') ?? 'an event'} was given up after ${String(data.attemptCount)} ${data.attemptCount === 1 ? 'attempt' : 'attempts'}`,
};

export function wordingOf(notice: Notice): Wording {
  const { type, data } = notice;
  const sentence = Object.hasOwn(SENTENCES, type) ? SENTENCES[type]?.(data, notice) : null;
  return {
    kind: kindOf(type),
    sentence: sentence ?? `${kindOf(type)}${colon(nameOf(data))}`,
    context: contextOf(notice),
    lists: listsOf(notice),
    actions: actionsOf(notice),
  };
}

/** `contact.job_changed` reads `Contact job changed`. */
function kindOf(type: string): string {
  return sentenceCase(wordsOf(type));
}

function nameOf(data: Data): string | null {
  return (
    ['title', 'name', 'summary', 'company', 'description'].map((field) => textOf(data, field)).find(Boolean) ?? null
  );
}

function changed(previous: Data | null): string {
  const names = Object.keys(previous ?? {}).map((field) => wordsOf(field));
  return names.length > 0 ? `: ${names.slice(0, 10).join(', ')}` : '';
}

/** The host alone: paths of chat endpoints are secrets. */
function placeOf(data: Data): string {
  const url = textOf(data, 'url');
  return (url && /^https?:\/\/([^/?#]+)/i.exec(url)?.[1]) ?? 'an endpoint';
}

function colon(text: string | null): string {
  return text === null ? '' : `: ${text}`;
}
