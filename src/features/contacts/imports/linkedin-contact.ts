import { createHash } from 'node:crypto';
import { normalizeProfileUrl } from '../../../kit/linkedin-csv.js';
import type { LinkedInConnection } from '../../../kit/linkedin-csv.js';
import { isSafeText, normalizeText } from '../../../kit/text.js';
import type { Contact } from '../contact.entity.js';

type ImportedFields = Pick<
  Contact,
  'name' | 'givenName' | 'familyName' | 'emails' | 'links' | 'company' | 'title' | 'metOn' | 'howWeMet' | 'tags'
>;

/** A connection as a contact, with each text cut to its field's limit. Every row has the same properties, so that one statement inserts all. */
export function contactOf(row: LinkedInConnection): ImportedFields {
  const givenName = bounded(row.givenName, 100);
  const familyName = bounded(row.familyName, 100);
  const profile = profileOf(row);
  return {
    name: bounded([givenName, familyName].filter(Boolean).join(' '), 200) ?? 'Unnamed',
    givenName,
    familyName,
    emails: row.email && isSafeText(row.email) && /^[^\s@]+@[^\s@]+$/.test(row.email) ? [row.email.slice(0, 254)] : [],
    links: profile ? [{ kind: 'linkedin', value: profile }] : [],
    company: bounded(row.company, 200),
    title: bounded(row.position, 200),
    metOn: row.connectedOn,
    howWeMet: 'LinkedIn',
    tags: ['linkedin'],
  };
}

/** The identity of a connection across exports: the profile, or without one the name and the date. */
export function naturalKey(row: LinkedInConnection): string {
  const { givenName, familyName, connectedOn } = row;
  const profile = profileOf(row);
  if (profile) return profile;
  const text = [givenName, familyName, connectedOn].join('\n').toLowerCase();
  return `name:${createHash('sha256').update(text).digest('hex')}`;
}

function profileOf({ url }: LinkedInConnection): string | null {
  return isSafeText(url) ? normalizeProfileUrl(url).slice(0, 500) || null : null;
}

function bounded(text: string | null, most: number): string | null {
  const clean = (text ?? '').replaceAll('\u0000', '').toWellFormed().trim();
  return clean === '' ? null : normalizeText(clean).slice(0, most).toWellFormed();
}
