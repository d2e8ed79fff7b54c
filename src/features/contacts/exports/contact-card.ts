import { WHOLE_NAME, cardPart, cardText, cardValue, isCardUri } from '../../../kit/vcard.js';
import type { CardLine, CardVersion } from '../../../kit/vcard.js';
import type { ContactLink } from '../contact-link.js';
import type { ExportedContact } from './exported-contact.js';

/** A year that stands for none in vCard 3.0, as Apple's address books read it. It is a leap year. */
const NO_YEAR = '1604';
/** Said where readers would expect something else, or do not know the property. */
const AS_TEXT = { VALUE: 'text' } as const;

/** A contact as a vCard. What a card has no place for (cadence, tier, your own fields) is left out. */
export function contactCard(contact: ExportedContact, version: CardVersion): string {
  const isFourth = version === '4.0';
  const line = (name: string, text: string, parameters: CardLine['parameters'] = {}): CardLine => ({
    name,
    value: cardValue(text, version),
    parameters,
  });
  const maybe = (name: string, text: string | null, parameters: CardLine['parameters'] = {}): CardLine[] =>
    text === null ? [] : [line(name, text, parameters)];
  const several = (name: string, texts: readonly string[]): CardLine[] =>
    texts.map((text, at) => line(name, text, at === 0 && texts.length > 1 ? preferred(isFourth) : {}));
  return cardText(version, [
    { name: 'PRODID', value: '-//Kith//Kith//EN' },
    { name: 'UID', value: `urn:uuid:${contact.id}` },
    { name: 'REV', value: contact.updatedAt.replace(/\.\d+|[-:]/g, '') },
    line('FN', contact.name),
    ...nameOf(contact, isFourth),
    ...maybe(isFourth ? 'PRONOUNS' : 'X-PRONOUNS', contact.pronouns, AS_TEXT),
    ...several('EMAIL', contact.emails),
    ...several('TEL', contact.phones),
    ...(contact.company === null ? [] : [{ name: 'ORG', value: cardPart(contact.company) }]),
    ...maybe('TITLE', contact.title),
    ...(contact.location === null ? [] : [{ name: 'ADR', value: `;;;${cardPart(contact.location)};;;` }]),
    ...maybe('TZ', contact.timeZone, isFourth ? {} : AS_TEXT),
    ...(contact.birthday === null ? [] : [birthday(contact.birthday, isFourth)]),
    ...contact.links.map((link) => profile(link, version)),
    ...(contact.tags.length === 0 ? [] : [{ name: 'CATEGORIES', value: contact.tags.map(listed(version)).join(',') }]),
    ...maybe('NOTE', contact.notes),
  ]);
}

function listed(version: CardVersion): (tag: string) => string {
  return (tag) => cardValue(tag, version);
}

/** PREF is a parameter in RFC 6350 §5.3, and a type in RFC 2426 §3.3. */
function preferred(isFourth: boolean): Readonly<Record<string, string>> {
  return isFourth ? { PREF: '1' } : { TYPE: 'pref' };
}

/**
 * Only RFC 2426 §3.1.2 requires a structured name where none is known. Telephones show nothing of a name but this, and of an empty one the company
 * or nothing at all, so the whole name stands in for the given one; a line of our own says so, for whoever reads it back.
 */
function nameOf({ name, givenName, familyName }: ExportedContact, isFourth: boolean): CardLine[] {
  const isKnown = givenName !== null || familyName !== null;
  if (isFourth && !isKnown) return [];
  const given = isKnown ? (givenName ?? '') : name;
  const structured = { name: 'N', value: `${cardPart(familyName ?? '')};${cardPart(given)};;;` };
  return isKnown ? [structured] : [structured, { name: WHOLE_NAME, value: 'true' }];
}

/** `1985-12-10`, or `--12-10` without the year. */
function birthday(day: string, isFourth: boolean): CardLine {
  const hasYear = !day.startsWith('--');
  if (isFourth)
    return { name: 'BDAY', value: hasYear ? day.replaceAll('-', '') : `--${day.slice(2).replace('-', '')}` };
  if (hasYear) return { name: 'BDAY', value: day };
  return { name: 'BDAY', parameters: { 'X-APPLE-OMIT-YEAR': NO_YEAR }, value: `${NO_YEAR}-${day.slice(2)}` };
}

/** The property of RFC 9554 §3.4 and its forerunner; a website has one of its own. */
function profile({ kind, value }: ContactLink, version: CardVersion): CardLine {
  const isUri = isCardUri(value);
  if (isUri && kind === 'website') return { name: 'URL', value };
  const form = isUri ? { VALUE: 'uri' } : AS_TEXT;
  const service = version === '4.0' ? { 'SERVICE-TYPE': kind } : { TYPE: kind };
  return {
    name: version === '4.0' ? 'SOCIALPROFILE' : 'X-SOCIALPROFILE',
    parameters: { ...service, ...form },
    value: isUri ? value : cardValue(value, version),
  };
}
