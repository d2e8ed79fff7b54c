import { cutText } from '../../../../kit/cut-text.js';
import { typedNumber } from '../../../../kit/phone-number.js';
import type { Contact } from '../../contact.entity.js';
import { isElsewhere } from '../../job.js';
import { linkKey } from '../reading/links.js';
import type { ReadPerson } from '../reading/reader.js';
import { FIELDS } from './known.sql.js';
import type { KnownContact, Said } from './known.sql.js';

type Changes = {
  -readonly [K in (typeof FIELDS)[number] | 'emails' | 'phones' | 'links' | 'tags' | 'custom']?: Contact[K];
};

/** What a file says that is new. */
export interface News {
  readonly changes: Changes;
  /** Whether its title is one at the contact's company: not if that was edited and the file says another. */
  readonly roles: boolean;
  /** What was not taken over, in words. */
  readonly kept: readonly string[];
  /** What to remember for the next import. */
  readonly said: Said;
}

const LABELS = {
  name: 'Name',
  givenName: 'Given name',
  familyName: 'Family name',
  pronouns: 'Pronouns',
  company: 'Company',
  title: 'Title',
  location: 'Location',
  timeZone: 'Time zone',
  birthday: 'Birthday',
  metOn: 'Met on',
  notes: 'Notes',
};
const MOST = { emails: 20, phones: 20, links: 30, tags: 50 };

/**
 * What changes in a contact. A field follows the file only where the file says something else than it said at the last
 * import, and only if nobody edited the field since. At the first import of a contact that exists already, only what is
 * empty is filled. What a file does not say changes nothing. Telephone numbers are compared as the contact's own are, by the region that national ones are
 * meant for.
 */
export function newsOf(contact: KnownContact, person: ReadPerson, phoneRegion: string | null): News {
  const before = contact.said ?? untouched(contact);
  const changes: Changes = {};
  const kept: string[] = [];
  for (const field of FIELDS) {
    const told = person[field];
    if (told === null || told === contact[field] || told === before?.[field]) continue;
    const isOurs = before ? contact[field] === (before[field] ?? null) : contact[field] === null;
    if (isOurs) Object.assign(changes, { [field]: told });
    else if (before) kept.push(keptSentence(field, contact[field], told));
  }
  addTo(changes, 'emails', [contact, person, before?.emails], (email) => email.toLowerCase());
  addTo(changes, 'phones', [contact, person, before?.phones], (phone) => typedNumber(phone, phoneRegion).key);
  addTo(changes, 'tags', [contact, person, before?.tags], (tag) => tag);
  addLinks(changes, contact, person, before);
  addCustom(changes, kept, contact, person, before);
  const roles = !isElsewhere({ ...contact, ...changes }, person);
  return { changes, roles, kept, said: { ...before, ...saidBy(person) } };
}

/** What a file says of a person, to be compared with the next one. */
export function saidBy(person: ReadPerson): Said {
  const told = FIELDS.flatMap((field) => (person[field] === null ? [] : [[field, person[field]] as const]));
  const { emails, phones, links, tags, custom } = person;
  const lists = { emails, phones, links: links.map(({ value }) => value), tags };
  const filled = Object.entries(lists).filter(([, values]) => values.length > 0);
  return Object.fromEntries([
    ...told,
    ...filled,
    ...(Object.keys(custom).length > 0 ? [['custom', custom] as const] : []),
  ]);
}

/** A contact of an import that kept no record: if it never changed, it is what that file said. */
function untouched(contact: KnownContact): Said | null {
  if (contact.externalIds.length === 0 || contact.version > 1) return null;
  const said = FIELDS.flatMap((field) => (contact[field] === null ? [] : [[field, contact[field]]]));
  return Object.fromEntries(said) as Said;
}

/** Adds what is in neither the contact nor the last file: whoever took something out does not get it back. */
function addTo(
  changes: Changes,
  list: 'emails' | 'phones' | 'tags',
  [contact, person, before = []]: readonly [KnownContact, ReadPerson, (readonly string[] | undefined)?],
  key: (value: string) => string,
): void {
  const there = new Set([...contact[list], ...before].map(key));
  const fresh = person[list].filter((value) => !there.has(key(value)));
  if (fresh.length > 0 && contact[list].length < MOST[list])
    changes[list] = [...contact[list], ...fresh].slice(0, MOST[list]);
}

function addLinks(changes: Changes, { links }: KnownContact, person: ReadPerson, before: Said | null): void {
  const there = new Set([...links.map(({ value }) => value), ...(before?.links ?? [])].map(linkKey));
  const fresh = person.links.filter(({ value }) => !there.has(linkKey(value)));
  if (fresh.length > 0 && links.length < MOST.links) changes.links = [...links, ...fresh].slice(0, MOST.links);
}

/** Each of a contact's own fields follows the file as its other fields do. */
function addCustom(
  changes: Changes,
  kept: string[],
  { custom }: KnownContact,
  person: ReadPerson,
  before: Said | null,
): void {
  const fresh: Record<string, string> = {};
  for (const [key, told] of Object.entries(person.custom)) {
    const [ours, last] = [custom[key], before?.custom?.[key]];
    if (told === ours || told === last) continue;
    if (ours === last) fresh[key] = told;
    else if (before) kept.push(`The field ${key} was edited here and stays; the file says “${cutText(told, 100)}”.`);
  }
  if (Object.keys(fresh).length > 0) changes.custom = fresh;
}

function keptSentence(field: (typeof FIELDS)[number], ours: string | null, theirs: string): string {
  const now = ours === null ? 'empty' : `“${cutText(ours, 100)}”`;
  return `${LABELS[field]} was edited here and stays ${now}; the file says “${cutText(theirs, 100)}”.`;
}
