import { cutText } from '../../../../kit/cut-text.js';
import { profileUrl } from '../../../../kit/profile-slug.js';
import type { Contact } from '../../contact.entity.js';
import { isElsewhere } from '../../job.js';
import type { ReadPerson } from '../reading/reader.js';
import type { KnownContact, Said } from './known.sql.js';

type Changes = {
  -readonly [
    K in 'name' | 'givenName' | 'familyName' | 'company' | 'title' | 'metOn' | 'emails' | 'links'
  ]?: Contact[K];
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

const FIELDS = ['name', 'givenName', 'familyName', 'company', 'title', 'metOn'] as const;
const LABELS = {
  name: 'Name',
  givenName: 'Given name',
  familyName: 'Family name',
  company: 'Company',
  title: 'Title',
  metOn: 'Met on',
};
const MOST_EMAILS = 20;
const MOST_LINKS = 30;

/**
 * What changes in a contact. A field follows the file only where the file says something else than it said at the last
 * import, and only if nobody edited the field since. At the first import of a contact that exists already, only what is
 * empty is filled. What a file does not say changes nothing.
 */
export function newsOf(contact: KnownContact, person: ReadPerson): News {
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
  addAddress(changes, contact, person, before);
  addProfile(changes, contact, person, before);
  const roles = !isElsewhere({ ...contact, ...changes }, person);
  return { changes, roles, kept, said: { ...before, ...saidBy(person) } };
}

/** What a file says of a person, to be compared with the next one. */
export function saidBy(person: ReadPerson): Said {
  const told = [...FIELDS, 'email', 'slug'] as const;
  return Object.fromEntries(told.flatMap((field) => (person[field] === null ? [] : [[field, person[field]]])));
}

/** A contact of an import that kept no record: if it never changed, it is what that file said. */
function untouched(contact: KnownContact): Said | null {
  if (contact.externalIds.length === 0 || contact.version > 1) return null;
  const said = FIELDS.flatMap((field) => (contact[field] === null ? [] : [[field, contact[field]]]));
  return Object.fromEntries(said) as Said;
}

function addAddress(changes: Changes, { emails }: KnownContact, { email }: ReadPerson, before: Said | null): void {
  if (email === null || before?.email === email || emails.length >= MOST_EMAILS) return;
  if (emails.some((known) => known.toLowerCase() === email.toLowerCase())) return;
  changes.emails = [...emails, email];
}

function addProfile(changes: Changes, { links, slugs }: KnownContact, { slug }: ReadPerson, before: Said | null): void {
  if (slug === null || before?.slug === slug || slugs.includes(slug) || links.length >= MOST_LINKS) return;
  changes.links = [...(links as Contact['links']), { kind: 'linkedin', value: profileUrl(slug) }];
}

function keptSentence(field: (typeof FIELDS)[number], ours: string | null, theirs: string): string {
  const now = ours === null ? 'empty' : `“${cutText(ours, 100)}”`;
  return `${LABELS[field]} was edited here and stays ${now}; the file says “${cutText(theirs, 100)}”.`;
}
