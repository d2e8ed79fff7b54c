import { createHash } from 'node:crypto';
import { cutText } from '../../../../kit/cut-text.js';
import { dayOf } from '../../../../kit/day-text.js';
import type { DateOrder } from '../../../../kit/day-text.js';
import { isTimeZone } from '../../../../kit/instants.js';
import type { ContactLink } from '../../contact-link.js';
import { birthdayOf, isNoBirthday } from './birthday.js';
import { bounded, clean, cleanLines, isSeen } from './clean-text.js';
import { linkKey, linkOf } from './links.js';
import type { ReadPerson, Skipped } from './reader.js';

/** A value, and what the file calls it: the kind of a website, the name of a custom field. */
export interface Labelled {
  readonly label: string;
  readonly value: string;
}

/** What a file says of a person, as it is written there. */
export interface Draft {
  /** What the source calls the person; without one, the name and the first address tell persons apart. */
  readonly id?: string | null;
  readonly name?: string;
  readonly givenName?: string;
  readonly familyName?: string;
  readonly pronouns?: string;
  readonly company?: string;
  readonly title?: string;
  readonly location?: string;
  readonly timeZone?: string;
  readonly birthday?: string;
  readonly metOn?: string;
  readonly notes?: string;
  readonly emails?: readonly string[];
  readonly phones?: readonly string[];
  readonly links?: readonly Labelled[];
  readonly tags?: readonly string[];
  readonly custom?: readonly Labelled[];
  readonly problems?: readonly string[];
}

const EMAIL = /^[^\s@<>",;:()[\]\\]+@[^\s@<>",;:()[\]\\]+$/;
const LONGEST = { email: 254, phone: 50, link: 500, tag: 50, notes: 10_000, key: 100, custom: 1_000, id: 500 };
const MOST = { emails: 20, phones: 20, links: 30, tags: 50, custom: 50 };
/** A row tells so many problems; the last one says how many more there are. */
const MOST_PROBLEMS = 20;
const LONGEST_PROBLEM = 500;
const NOBODY = 'The row names nobody: it has no name, company, e-mail address, telephone number or link.';

/** A person within the bounds of a contact. What does not fit is told, not lost silently. */
export function personOf(draft: Draft, order: DateOrder): ReadPerson | Skipped {
  const problems: string[] = [...(draft.problems ?? [])];
  const line = (text: string | undefined, most: number, what: string): string | null =>
    lineOf(text, most, what, problems);
  const emails = listOf(draft.emails, 'emails', 'e-mail addresses', emailOf, (email) => email.toLowerCase(), problems);
  const phones = listOf(draft.phones, 'phones', 'telephone numbers', phoneOf, digitsOf, problems);
  const [givenName, familyName] = [
    line(draft.givenName, 100, 'given name'),
    line(draft.familyName, 100, 'family name'),
  ];
  const company = line(draft.company, 200, 'company');
  const links = linksOf(draft.links, problems);
  const named = line(draft.name, 200, 'name') ?? bounded([givenName, familyName].filter(Boolean).join(' '), 200);
  const name = named ?? company ?? emails[0] ?? phones[0] ?? bounded(links[0]?.value ?? '', 200);
  if (name === null) return { skipped: NOBODY };
  if (named === null) problems.push(`The row has no name: the contact is called “${name}”.`);
  return {
    externalId: idOf(draft.id) ?? keyOf([name, emails[0] ?? company ?? digitsOf(phones[0] ?? '')]),
    ...{ name, givenName, familyName, company, emails, phones, links },
    pronouns: line(draft.pronouns, 50, 'pronouns'),
    title: line(draft.title, 200, 'title'),
    location: line(draft.location, 200, 'location'),
    timeZone: understood(draft.timeZone, (zone) => (isTimeZone(zone) ? zone : null), 'time zone', problems),
    birthday: birthdayIn(draft.birthday, order, problems),
    metOn: understood(draft.metOn, (day) => dayOf(day, order), 'date', problems),
    notes: notesOf(draft.notes, problems),
    tags: listOf(draft.tags, 'tags', 'tags', tagOf, (tag) => tag, problems),
    custom: customOf(draft.custom, problems),
    problems: boundedProblems(problems),
  };
}

/** The problems of a row within the bounds of its report. */
export function boundedProblems(problems: readonly string[]): string[] {
  const short = problems.map((problem) => cutText(problem, LONGEST_PROBLEM));
  if (short.length <= MOST_PROBLEMS) return short;
  const kept = short.slice(0, MOST_PROBLEMS - 1);
  return [...kept, `There are ${short.length - kept.length} more.`];
}

/** The key of a person whom the source gives no name of its own. */
export function keyOf(parts: readonly (string | null)[]): string {
  const text = parts
    .map((part) => clean(part ?? ''))
    .join('\n')
    .toLowerCase();
  return `name:${createHash('sha256').update(text).digest('hex')}`;
}

/** An address, or null when it is none. */
export function emailOf(text: string): string | null {
  return text.length <= LONGEST.email && EMAIL.test(text) ? text : null;
}

/** What a field means; what is there but not understood is told. */
function understood(
  given: string | undefined,
  read: (text: string) => string | null,
  kind: string,
  problems: string[],
): string | null {
  const text = clean(given ?? '');
  if (text === '') return null;
  const value = read(text);
  if (value === null)
    problems.push(`“${cutText(text, 100)}” is not ${kind === 'e-mail address' ? 'an' : 'a'} ${kind}.`);
  return value;
}

function birthdayIn(given: string | undefined, order: DateOrder, problems: string[]): string | null {
  if (isNoBirthday(given ?? '')) return null;
  return understood(given, (text) => birthdayOf(text, order), 'birthday', problems);
}

function lineOf(given: string | undefined, most: number, what: string, problems: string[]): string | null {
  const text = bounded(given ?? '', most);
  if (text !== null && clean(given ?? '').length > most) problems.push(`The ${what} was cut after ${most} characters.`);
  return text;
}

function notesOf(given: string | undefined, problems: string[]): string | null {
  const text = cleanLines(given ?? '');
  if (text.length > LONGEST.notes) problems.push(`The notes were cut after ${LONGEST.notes} characters.`);
  return isSeen(text) ? cutText(text, LONGEST.notes) : null;
}

/** The values of a list, each once, as many as a contact may have. */
function listOf(
  given: readonly string[] | undefined,
  list: keyof typeof MOST,
  what: string,
  read: (text: string) => string | null,
  key: (value: string) => string,
  problems: string[],
): string[] {
  const found = new Map<string, string>();
  for (const text of given ?? []) {
    const value = understood(text, read, what.replace(/e?s$/, ''), problems);
    if (value !== null && !found.has(key(value))) found.set(key(value), value);
  }
  const values = [...found.values()];
  if (values.length > MOST[list])
    problems.push(`Only the first ${MOST[list]} of ${values.length} ${what} were taken over.`);
  return values.slice(0, MOST[list]);
}

function phoneOf(text: string): string | null {
  return /\d/.test(text) && text.length <= LONGEST.phone ? text : null;
}

/** What a telephone number is compared by. */
function digitsOf(phone: string): string {
  return phone
    .normalize('NFKC')
    .replace(/[^\d+]/g, '')
    .replace(/^00/, '+');
}

function tagOf(text: string): string | null {
  return bounded(text, LONGEST.tag);
}

function linksOf(given: readonly Labelled[] | undefined, problems: string[]): ContactLink[] {
  const found = new Map<string, ContactLink>();
  for (const { label, value } of given ?? []) {
    const text = clean(value);
    if (text.length > LONGEST.link)
      problems.push(`A link is longer than ${LONGEST.link} characters: ${cutText(text, 60)}…`);
    else if (isSeen(text) && !found.has(linkKey(text))) found.set(linkKey(text), linkOf(text, label));
  }
  const links = [...found.values()];
  if (links.length > MOST.links)
    problems.push(`Only the first ${MOST.links} of ${links.length} links were taken over.`);
  return links.slice(0, MOST.links);
}

/** Custom fields by their names; two of one name are joined. */
function customOf(given: readonly Labelled[] | undefined, problems: string[]): Record<string, string> {
  const found = new Map<string, string>();
  for (const { label, value } of given ?? []) {
    const [key, text] = [bounded(label, LONGEST.key) ?? 'custom', cleanLines(value)];
    if (!isSeen(text)) continue;
    const whole = [...new Set([found.get(key), text].filter((one) => one !== undefined))].join('\n');
    if (whole.length > LONGEST.custom) problems.push(`The field ${key} was cut after ${LONGEST.custom} characters.`);
    found.set(key, cutText(whole, LONGEST.custom));
  }
  return withinSize([...found], problems);
}

/** A contact's own fields take 16 KiB. */
function withinSize(fields: readonly (readonly [string, string])[], problems: string[]): Record<string, string> {
  const kept: [string, string][] = [];
  let bytes = 2;
  for (const [key, text] of fields) {
    bytes += Buffer.byteLength(JSON.stringify([key, text])) + 2;
    if (kept.length < MOST.custom && bytes <= MOST_CUSTOM_BYTES) kept.push([key, text]);
    else
      problems.push(
        `The field ${key} was left out: a contact has room for ${MOST.custom} fields and 12 KiB from a file.`,
      );
  }
  return Object.fromEntries(kept);
}

const MOST_CUSTOM_BYTES = 12_288;

function idOf(given: string | null | undefined): string | null {
  return given ? bounded(given, LONGEST.id) : null;
}
