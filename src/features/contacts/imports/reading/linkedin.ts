import { createHash } from 'node:crypto';
import { cutText } from '../../../../kit/cut-text.js';
import { dayOf } from '../../../../kit/day-text.js';
import { profileSlug } from '../../../../kit/profile-slug.js';
import { isSafeText, normalizeText } from '../../../../kit/text.js';
import { LINKEDIN_COLUMNS } from './linkedin-columns.js';
import type { ContactReader, ReadRow } from './reader.js';

const RESTRICTED = 'The row has no name: this member restricts who sees the profile.';
const EMAIL = /^[^\s@<>",;:()[\]\\]+@[^\s@<>",;:()[\]\\]+$/;
const LONGEST_EMAIL = 254;

/** LinkedIn's `Connections.csv`. */
export const linkedIn: ContactReader = {
  source: 'linkedin',
  howWeMet: 'LinkedIn',
  tags: ['linkedin'],
  columns: LINKEDIN_COLUMNS,
  isHeader: ({ givenName, familyName, ...others }) =>
    givenName !== undefined && familyName !== undefined && Object.keys(others).length > 0,
  wanted: 'First Name, Last Name, and any of URL, Email Address, Company, Position, Connected On',
  dateColumn: 'connectedOn',
  read: (field, order): ReadRow => {
    const problems: string[] = [];
    const text = (column: string, most: number): string | null => bounded(field(column), most);
    const [givenName, familyName] = [text('givenName', 100), text('familyName', 100)];
    const name = bounded([givenName, familyName].filter(Boolean).join(' '), 200);
    if (name === null) return { skipped: RESTRICTED };
    const slug = understood(field('url'), profileSlug, 'URL', 'the address of a LinkedIn profile', problems);
    const email = understood(field('email'), emailOf, 'Email Address', 'an e-mail address', problems);
    const metOn = understood(field('connectedOn'), (day) => dayOf(day, order), 'Connected On', 'a date', problems);
    return {
      externalId:
        slug === null ? nameKey([givenName, familyName, field('connectedOn')]) : `https://www.linkedin.com/in/${slug}`,
      ...{ name, givenName, familyName, email, slug, metOn, problems },
      company: text('company', 200),
      title: text('position', 200),
    };
  },
};

/** What a field means; what is there but not understood is told. */
function understood(
  given: string,
  read: (text: string) => string | null,
  column: string,
  kind: string,
  problems: string[],
): string | null {
  const text = clean(given);
  if (text === '') return null;
  const value = read(text);
  if (value === null) problems.push(`${column} “${cutText(text, 100)}” is not ${kind}.`);
  return value;
}

function emailOf(text: string): string | null {
  return text.length <= LONGEST_EMAIL && EMAIL.test(text) ? text : null;
}

/** Without a profile, the name and the date tell one person from another. */
function nameKey(parts: readonly (string | null)[]): string {
  const text = parts
    .map((part) => clean(part ?? ''))
    .join('\n')
    .toLowerCase();
  return `name:${createHash('sha256').update(text).digest('hex')}`;
}

function bounded(text: string, most: number): string | null {
  const short = cutText(clean(text), most).trim();
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(short) ? short : null;
}

function clean(text: string): string {
  const safe = isSafeText(text) ? text : text.replaceAll('\u0000', '').toWellFormed();
  return normalizeText(safe).replace(/\s+/g, ' ').trim();
}
