import { isNoBirthday } from './birthday.js';
import { OUTLOOK_COLUMNS, OUTLOOK_USUAL } from './outlook-columns.js';
import { emailOf, personOf } from './person.js';
import type { Labelled } from './person.js';
import type { ReadPerson, Skipped } from './reader.js';
import type { TableFormat, TableRow } from './table-format.js';

const PHONES = [
  ...['mobilePhone', 'mobilePhone2', 'businessPhone', 'businessPhone2', 'homePhone', 'homePhone2'],
  ...['primaryPhone', 'otherPhone', 'carPhone'],
];
/** Kept under these names among a contact's own fields. */
const CUSTOM = [
  ...['nickname', 'department', 'spouse', 'children', 'assistant', 'manager', 'profession', 'hobby'],
  ...['referredBy'],
];

/** The CSV files of Outlook: of the classic program, of the new one and of Outlook.com. */
export const outlook: TableFormat = {
  source: 'outlook',
  howWeMet: null,
  tags: [],
  file: {
    wanted: "Outlook's CSV file of contacts",
    advice: 'In Outlook choose People, Manage contacts, Export contacts; in the classic program File, Open & Export.',
  },
  columns: OUTLOOK_COLUMNS,
  ignored: OUTLOOK_USUAL,
  isHeader: ({ givenName, familyName, email, company, mobilePhone, businessPhone }) =>
    givenName !== undefined &&
    familyName !== undefined &&
    [email, company, mobilePhone, businessPhone].some((one) => one !== undefined),
  wanted: 'First Name, Last Name and E-mail Address (or the same in German, French or Spanish)',
  dateColumns: ['birthday', 'anniversary'],
  read: ({ field, order }): ReadPerson | Skipped => {
    const emails = ['email', 'email2', 'email3'].map((column) => ({ column, text: field(column).trim() }));
    const isExchange = field('emailType').trim().toUpperCase() === 'EX' || /^\/o=/i.test(field('email'));
    const internal = emails.filter(({ text }) => /^\/o=/i.test(text));
    return personOf(
      {
        name: nameOf(field),
        givenName: field('givenName'),
        familyName: field('familyName'),
        company: field('company'),
        title: field('title'),
        location: placeOf(field),
        birthday: field('birthday'),
        notes: field('notes'),
        emails: [
          ...emails.filter(({ text }) => text !== '' && !/^\/o=/i.test(text)).map(({ text }) => text),
          ...(isExchange ? displayedAddress(field('emailName')) : []),
        ],
        phones: PHONES.map(field).filter((phone) => phone.trim() !== ''),
        links: [
          { label: 'website', value: field('website') },
          { label: 'website', value: field('website2') },
          { label: 'im', value: field('im') },
        ],
        tags: field('categories')
          .split(/[;,]/)
          .filter((tag) => tag.trim() !== ''),
        custom: customOf(field),
        problems: internal.map(
          ({ text }) => `“${text.slice(0, 60)}” is an address inside Exchange, not an e-mail address.`,
        ),
      },
      order,
    );
  },
};

type Field = TableRow['field'];

function nameOf(field: Field): string {
  const parts = ['givenName', 'middleName', 'familyName', 'suffix'].map((part) => field(part).trim());
  return parts.filter((part) => part !== '').join(' ') || field('nickname');
}

/** Of an address inside Exchange, the name that is shown has the real one in parentheses. */
function displayedAddress(shown: string): string[] {
  const [, address = ''] = /\(([^()\s]+@[^()\s]+)\)/.exec(shown) ?? [];
  return emailOf(address) === null ? [] : [address];
}

function joined(field: Field, columns: readonly string[]): string {
  return columns
    .map((column) => field(column).trim())
    .filter((part) => part !== '')
    .join(', ');
}

function placeOf(field: Field): string {
  return (
    field('location').trim() ||
    joined(field, ['homeCity', 'homeCountry']) ||
    joined(field, ['businessCity', 'businessCountry'])
  );
}

function customOf(field: Field): Labelled[] {
  const anniversary = field('anniversary').trim();
  return [
    ...CUSTOM.map((column) => ({ label: column, value: field(column) })),
    ...(isNoBirthday(anniversary) ? [] : [{ label: 'anniversary', value: anniversary }]),
    ...['home', 'business'].map((kind) => ({
      label: `address: ${kind}`,
      value: joined(
        field,
        ['Street', 'PostalCode', 'City', 'Country'].map((part) => `${kind}${part}`),
      ),
    })),
  ];
}
