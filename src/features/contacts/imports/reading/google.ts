import type { Labelled } from './person.js';
import { personOf } from './person.js';
import type { ReadPerson, Skipped } from './reader.js';
import type { TableFormat, TableRow } from './table-format.js';

/** Google writes as many numbered columns as the contact with the most values needs. */
const MOST = { email: 20, phone: 20, website: 20, address: 5, im: 5, relation: 10, event: 10, customField: 30 };
/** Several values of one kind and label share a cell. */
const BETWEEN = /\s*:::\s*/;
/** Groups that every account has; in files they begin with an asterisk. */
const SYSTEM_GROUPS = new Set(['mycontacts', 'my contacts', 'starred', 'other contacts']);

/** The columns of one numbered kind: `E-mail 1 - Value`, with its label, which was called a type before 2024. */
function numbered(key: keyof typeof MOST, name: string): Record<string, readonly string[]> {
  const numbers = Array.from({ length: MOST[key] }, (_, index) => index + 1);
  return Object.fromEntries(
    numbers.flatMap((n) => [
      [`${key}${n}`, [`${name} ${n} - Value`]],
      [`${key}${n}Label`, [`${name} ${n} - Label`, `${name} ${n} - Type`]],
    ]),
  );
}

const ADDRESS_PARTS = ['Formatted', 'Street', 'City', 'Region', 'Postal Code', 'Country'] as const;

function addresses(): Record<string, readonly string[]> {
  const numbers = Array.from({ length: MOST.address }, (_, index) => index + 1);
  return Object.fromEntries(
    numbers.flatMap((n) => [
      [`address${n}Label`, [`Address ${n} - Label`, `Address ${n} - Type`]],
      ...ADDRESS_PARTS.map((part) => [`address${n}${part}`, [`Address ${n} - ${part}`]] as const),
    ]),
  );
}

/** The CSV files of Google Contacts, with the header of 2024 (`First Name`, `Labels`) and the one before it (`Given Name`, `Group Membership`). */
export const google: TableFormat = {
  source: 'google',
  howWeMet: null,
  tags: [],
  file: {
    wanted: 'the Google CSV of Google Contacts',
    advice: 'In Google Contacts choose Export and then Google CSV.',
  },
  columns: {
    name: ['Name'],
    givenName: ['First Name', 'Given Name'],
    middleName: ['Middle Name', 'Additional Name'],
    familyName: ['Last Name', 'Family Name'],
    prefix: ['Name Prefix'],
    suffix: ['Name Suffix'],
    fileAs: ['File As'],
    nickname: ['Nickname'],
    company: ['Organization Name', 'Organization 1 - Name'],
    title: ['Organization Title', 'Organization 1 - Title'],
    department: ['Organization Department', 'Organization 1 - Department'],
    birthday: ['Birthday'],
    notes: ['Notes'],
    labels: ['Labels', 'Group Membership'],
    location: ['Location'],
    occupation: ['Occupation'],
    ...numbered('email', 'E-mail'),
    ...numbered('phone', 'Phone'),
    ...numbered('website', 'Website'),
    ...numbered('im', 'IM'),
    ...Object.fromEntries(Array.from({ length: MOST.im }, (_, n) => [`im${n + 1}Service`, [`IM ${n + 1} - Service`]])),
    ...numbered('relation', 'Relation'),
    ...numbered('event', 'Event'),
    ...numbered('customField', 'Custom Field'),
    ...addresses(),
  },
  isHeader: ({ givenName, familyName, labels, email1, phone1, name }) =>
    givenName !== undefined &&
    familyName !== undefined &&
    [labels, email1, phone1, name].some((one) => one !== undefined),
  wanted: 'First Name, Last Name and Labels (or Name, Given Name, Family Name and Group Membership)',
  dateColumns: ['birthday'],
  read: (row): ReadPerson | Skipped => {
    const { field, order } = row;
    return personOf(
      {
        name: nameOf(field),
        givenName: field('givenName'),
        familyName: field('familyName'),
        company: firstOf(field('company')),
        title: firstOf(field('title')) || field('occupation'),
        location: field('location') || placeOf(field),
        birthday: field('birthday'),
        notes: field('notes'),
        emails: preferredFirst(valuesOf(row, 'email')).map(({ value }) => value),
        phones: preferredFirst(valuesOf(row, 'phone')).map(({ value }) => value),
        links: [
          // Google writes some addresses as vCards do.
          ...valuesOf(row, 'website').map(({ label, value }) => ({ label, value: value.replaceAll('\\:', ':') })),
          ...valuesOf(row, 'im').map(({ label, value }, n) => ({ label: field(`im${n + 1}Service`) || label, value })),
        ],
        tags: groupsOf(field('labels')),
        custom: customOf(row),
      },
      order,
    );
  },
};

type Field = TableRow['field'];

/** The header of 2024 has no column for the whole name. */
function nameOf(field: Field): string {
  const parts = ['prefix', 'givenName', 'middleName', 'familyName', 'suffix'].map((part) => field(part).trim());
  return field('name') || parts.filter((part) => part !== '').join(' ') || field('fileAs') || field('nickname');
}

function firstOf(text: string): string {
  return text.split(BETWEEN)[0] ?? '';
}

/** The values of a numbered kind, in the order of the file. */
function valuesOf({ field }: TableRow, key: keyof typeof MOST): Labelled[] {
  return Array.from({ length: MOST[key] }, (_, index) => `${key}${index + 1}`).flatMap((column) => {
    const label = field(`${column}Label`).trim();
    return field(column)
      .split(BETWEEN)
      .filter((value) => value.trim() !== '')
      .map((value) => ({ label, value }));
  });
}

/** The label of the preferred one begins with an asterisk. */
function preferredFirst(values: readonly Labelled[]): Labelled[] {
  return [...values].sort((a, b) => Number(b.label.startsWith('*')) - Number(a.label.startsWith('*')));
}

function groupsOf(text: string): string[] {
  return text.split(BETWEEN).flatMap((group) => {
    const [name, isSystem] = [group.replace(/^\*\s*/, '').trim(), group.startsWith('*')];
    return name === '' || (isSystem && SYSTEM_GROUPS.has(name.toLowerCase())) ? [] : [name];
  });
}

function addressOf(field: Field, n: number): string {
  const parts = ADDRESS_PARTS.slice(1).map((part) => field(`address${n}${part}`).trim());
  return field(`address${n}Formatted`).trim() || parts.filter((part) => part !== '').join(', ');
}

/** Where they live: city and country of the first address, else all of it. */
function placeOf(field: Field): string {
  const place = ['City', 'Country'].map((part) => field(`address1${part}`).trim()).filter((part) => part !== '');
  return place.length > 0 ? place.join(', ') : addressOf(field, 1);
}

/** What a contact has no property for. */
function customOf(row: TableRow): Labelled[] {
  const { field } = row;
  const named = (key: 'relation' | 'event', what: string): Labelled[] =>
    valuesOf(row, key).map(({ label, value }) => ({
      label: `${what}: ${label.replace(/^\*\s*/, '') || 'other'}`,
      value,
    }));
  const places = Array.from({ length: MOST.address }, (_, index) => ({
    label: `address: ${field(`address${index + 1}Label`).replace(/^\*\s*/, '') || 'other'}`,
    value: addressOf(field, index + 1),
  }));
  return [
    { label: 'nickname', value: field('nickname') },
    { label: 'department', value: firstOf(field('department')) },
    ...places,
    ...named('relation', 'relation'),
    ...named('event', 'event'),
    ...valuesOf(row, 'customField').map(({ label, value }) => ({
      label: label.replace(/^\*\s*/, '') || 'custom',
      value,
    })),
  ];
}
