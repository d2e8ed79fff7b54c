import { cutText } from '../../../../../kit/cut-text.js';
import { WHOLE_NAME } from '../../../../../kit/vcard.js';
import { personOf } from '../person.js';
import type { Draft, Labelled } from '../person.js';
import type { ReadRow } from '../reader.js';
import type { Card } from './cards.js';
import { MESSENGERS, addressOf, birthdayIn, byPreference, linksIn, phoneIn, placeOf, tagsIn } from './card-values.js';
import { partsOf, propertyOf, unescaped } from './property.js';
import type { Property } from './property.js';

/** Says nothing of the person, or only how the others are shown. */
const SILENT = new Set([
  ...[
    'VERSION',
    'PRODID',
    'REV',
    'CLASS',
    'SORT-STRING',
    'SOURCE',
    'NAME',
    'PROFILE',
    'MAILER',
    'KIND',
    'UID',
    'FN',
    'N',
  ],
  ...[
    'X-ABLABEL',
    'X-ABADR',
    'X-ABSHOWAS',
    'X-ABUID',
    'X-ADDRESSBOOKSERVER-KIND',
    'CLIENTPIDMAP',
    WHOLE_NAME,
    'X-IMAGETYPE',
    'X-IMAGEHASH',
  ],
]);
/** Kept among a contact's own fields. */
const CUSTOM: Readonly<Record<string, string>> = {
  NICKNAME: 'nickname',
  ANNIVERSARY: 'anniversary',
  'X-ANNIVERSARY': 'anniversary',
  'X-EVOLUTION-ANNIVERSARY': 'anniversary',
  'X-SPOUSE': 'relation: spouse',
  'X-EVOLUTION-SPOUSE': 'relation: spouse',
  'X-MANAGER': 'manager',
  'X-ASSISTANT': 'assistant',
  'X-DEPARTMENT': 'department',
  GENDER: 'gender',
  LANG: 'language',
  HOBBY: 'hobby',
  INTEREST: 'interest',
  EXPERTISE: 'expertise',
};
const HANDLED = new Set([
  ...[
    'EMAIL',
    'TEL',
    'ADR',
    'URL',
    'ORG',
    'TITLE',
    'ROLE',
    'NOTE',
    'BDAY',
    'TZ',
    'CATEGORIES',
    'IMPP',
    'PRONOUNS',
    'X-PRONOUNS',
    'RELATED',
  ],
  ...['SOCIALPROFILE', 'X-SOCIALPROFILE', 'X-ABRELATEDNAMES', 'X-ABDATE'],
]);
const MOST_NAMED = 10;

/** The person of a card. */
export function rowOf(card: Card, charset: string): ReadRow {
  if (card.isBroken) return { skipped: 'The card has no END:VCARD: the file breaks off. Export it again.' };
  const problems: string[] = [];
  const properties = propertiesOf(card, charset, problems);
  const one = (name: string): string => properties.find((property) => property.name === name)?.value ?? '';
  const kind = unescaped(one('KIND') || one('X-ADDRESSBOOKSERVER-KIND')).toLowerCase();
  if (kind === 'group') return { skipped: 'The card is a group of contacts, not a person.' };
  const left = [...new Set(properties.map(({ name }) => name).filter((name) => !isTaken(name)))];
  if (left.length > 0) problems.push(`Not taken over: ${left.slice(0, MOST_NAMED).join(', ')}.`);
  return personOf(draftOf(properties, problems), 'monthFirst');
}

function isTaken(name: string): boolean {
  return SILENT.has(name) || HANDLED.has(name) || name in MESSENGERS || name in CUSTOM;
}

function propertiesOf({ lines, more }: Card, charset: string, problems: string[]): Property[] {
  if (more > 0) problems.push(`The card is too long: ${more} of its lines were left out.`);
  return lines.flatMap(({ text, line, isCut }) => {
    if (isCut) problems.push(`Line ${line} is too long: its end was left out.`);
    const property = propertyOf(text, charset);
    if (!property) problems.push(`Line ${line} “${cutText(printable(text), 60)}” is not a property.`);
    return property ?? [];
  });
}

function printable(bytes: string): string {
  return bytes.replace(/[^ -~]/g, '·').slice(0, 200);
}

function draftOf(properties: readonly Property[], problems: readonly string[]): Draft {
  const all = (...names: readonly string[]): Property[] => properties.filter(({ name }) => names.includes(name));
  const first = (name: string): string => unescaped(byPreference(all(name))[0]?.value ?? '');
  const [company = '', ...units] = partsOf(byPreference(all('ORG'))[0]?.value ?? '', ';').map(unescaped);
  const titles = [...byPreference(all('TITLE')), ...all('ROLE')].map(({ value }) => unescaped(value));
  const label = labels(properties);
  return {
    id: first('UID') || null,
    ...namesIn(properties),
    ...{ company, title: titles[0] ?? '', problems },
    pronouns: first('PRONOUNS') || first('X-PRONOUNS'),
    location: placeOf(byPreference(all('ADR'))[0]),
    timeZone: first('TZ'),
    birthday: birthdayIn(all('BDAY')[0]),
    notes: all('NOTE')
      .map(({ value }) => unescaped(value))
      .join('\n\n'),
    emails: byPreference(all('EMAIL')).map(({ value }) =>
      unescaped(value)
        .replace(/^mailto:/i, '')
        .trim(),
    ),
    phones: byPreference(all('TEL'))
      .filter(({ types }) => !types.has('fax'))
      .map(phoneIn),
    links: linksIn(properties, label),
    tags: tagsIn(properties),
    custom: customIn(properties, units, titles.slice(1)),
  };
}

function namesIn(properties: readonly Property[]): Draft {
  const all = (name: string): Property[] => properties.filter((property) => property.name === name);
  const first = (name: string): string => unescaped(byPreference(all(name))[0]?.value ?? '').trim();
  const full = first('FN');
  const parts = partsOf(all('N')[0]?.value ?? '', ';').map((part) =>
    partsOf(part, ',').map(unescaped).join(' ').trim(),
  );
  // Whoever changed the name since has told its parts.
  const isWhole = all(WHOLE_NAME).length > 0 && parts.every((part, at) => part === (at === 1 ? full : ''));
  const [family = '', given = '', additional = '', prefix = '', suffix = ''] = isWhole ? [] : parts;
  const put = [prefix, given, additional, family, suffix].filter((part) => part !== '').join(' ');
  return { name: full || put || first('NICKNAME'), givenName: given, familyName: family };
}

/** What a contact has no property for. */
function customIn(properties: readonly Property[], units: readonly string[], roles: readonly string[]): Labelled[] {
  const label = labels(properties);
  const told = (name: string, read: (property: Property) => Labelled): Labelled[] =>
    properties.filter((property) => property.name === name).map(read);
  const related = (property: Property): Labelled => ({
    label: `relation: ${label(property)}`,
    value: unescaped(property.value),
  });
  return [
    { label: 'department', value: units.filter((unit) => unit.trim() !== '').join(', ') },
    ...roles.map((value) => ({ label: 'role', value })),
    // An address that is no more than a place is where they live.
    ...told('ADR', (property) => ({
      label: `address: ${label(property)}`,
      value: addressOf(property) === placeOf(property) ? '' : addressOf(property),
    })),
    ...properties.filter(isFax).map((property) => ({ label: 'fax', value: phoneIn(property) })),
    ...told('RELATED', related),
    ...told('X-ABRELATEDNAMES', related),
    ...told('X-ABDATE', (property) => ({ label: `event: ${label(property)}`, value: unescaped(property.value) })),
    ...properties.flatMap(({ name, value }) =>
      CUSTOM[name] ? [{ label: CUSTOM[name], value: unescaped(value) }] : [],
    ),
  ];
}

function isFax({ name, types }: Property): boolean {
  return name === 'TEL' && types.has('fax');
}

/** What a property is called: by its own label, which Apple keeps in a property of the same group, else by its type. */
function labels(properties: readonly Property[]): (property: Property) => string {
  const named = new Map(
    properties
      .filter(({ name, group }) => name === 'X-ABLABEL' && group !== null)
      .map(({ group, value }) => [
        group,
        unescaped(value)
          .replace(/^_\$!<(.*)>!\$_$/, '$1')
          .toLowerCase(),
      ]),
  );
  return ({ group, types }) => {
    const [type = 'other'] = [...types].filter((one) => !['pref', 'internet', 'voice', ''].includes(one));
    return named.get(group) ?? type;
  };
}
