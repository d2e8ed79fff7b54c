import { undefused } from '../../../../kit/csv-lines.js';
import { LINKEDIN_COLUMNS } from './linkedin-columns.js';
import { OUTLOOK_COLUMNS } from './outlook-columns.js';
import { personOf } from './person.js';
import type { ReadPerson, Skipped } from './reader.js';
import type { TableFormat } from './table-format.js';

/** What people call the columns of tables that they make themselves. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  givenName: ['Firstname', 'Given', 'Forename', 'Rufname'],
  familyName: ['Lastname', 'Surname', 'Family Name', 'Zuname'],
  email: ['Email', 'E-mail', 'Mail', 'E-Mail 1', 'Email 1', 'Primary Email', 'Work Email', 'Emails'],
  company: ['Organization', 'Organisation', 'Employer', 'Arbeitgeber', 'Account Name', 'Company Name'],
  position: ['Title', 'Role', 'Job', 'Rolle', 'Poste', 'Puesto', 'Ruolo'],
  url: ['LinkedIn', 'LinkedIn URL', 'LinkedIn Profile', 'Profile'],
  connectedOn: ['Met On', 'Date Met', 'Kennengelernt am', 'First Met'],
};

const merged = (column: string, ...lists: readonly (readonly string[] | undefined)[]): readonly string[] => [
  ...new Set([...lists.flatMap((list) => list ?? []), ...(ALSO[column] ?? [])]),
];
const both = (column: string): readonly string[] => merged(column, LINKEDIN_COLUMNS[column], OUTLOOK_COLUMNS[column]);

/** Any table of people. Its columns are proposed from their names, and a mapping says otherwise. */
export const anyTable: TableFormat = {
  source: 'csv',
  howWeMet: null,
  tags: [],
  file: {
    wanted: 'a table of people as CSV',
    advice: 'Give the table a header with at least a name, an e-mail address or a telephone number.',
  },
  columns: {
    id: ['ID', 'Contact ID', 'External ID', 'UID', 'Record ID', 'Kontakt-ID'],
    name: [
      'Name',
      'Full Name',
      'Display Name',
      'Vollständiger Name',
      'Nom complet',
      'Nombre completo',
      'Contact',
      'Person',
      '氏名',
      '姓名',
    ],
    givenName: both('givenName'),
    familyName: both('familyName'),
    url: both('url'),
    email: both('email'),
    email2: merged('email2', OUTLOOK_COLUMNS.email2, ['Email 2', 'Other Email', 'Secondary Email', 'Personal Email']),
    email3: merged('email3', OUTLOOK_COLUMNS.email3, ['Email 3']),
    phone: merged(
      'phone',
      [
        'Phone',
        'Phone Number',
        'Telephone',
        'Tel',
        'Telefon',
        'Telefonnummer',
        'Téléphone',
        'Teléfono',
        'Telefono',
        'Phone 1',
        'Phones',
      ],
      OUTLOOK_COLUMNS.businessPhone,
    ),
    phone2: merged(
      'phone2',
      ['Mobile', 'Cell', 'Cell Phone', 'Handy', 'Phone 2', 'Portable', 'Celular'],
      OUTLOOK_COLUMNS.mobilePhone,
    ),
    phone3: merged('phone3', ['Phone 3'], OUTLOOK_COLUMNS.homePhone),
    company: both('company'),
    position: merged('position', LINKEDIN_COLUMNS.position, OUTLOOK_COLUMNS.title),
    location: merged(
      'location',
      ['City', 'Stadt', 'Place', 'Ville', 'Ciudad', 'Città', 'Based In', 'Wohnort'],
      OUTLOOK_COLUMNS.location,
    ),
    birthday: merged('birthday', OUTLOOK_COLUMNS.birthday, [
      'Date of Birth',
      'DOB',
      'Birth Date',
      'Geburtsdatum',
      'Date de naissance',
      'Fecha de nacimiento',
    ]),
    website: merged('website', OUTLOOK_COLUMNS.website, [
      'Website',
      'Homepage',
      'Site',
      'Blog',
      'Sitio web',
      'Site web',
    ]),
    website2: ['GitHub', 'GitHub URL', 'Website 2'],
    tags: merged(
      'tags',
      ['Tags', 'Labels', 'Groups', 'Gruppen', 'Tag', 'Schlagwörter', 'Étiquettes', 'Etiquetas'],
      OUTLOOK_COLUMNS.categories,
    ),
    notes: merged('notes', OUTLOOK_COLUMNS.notes, [
      'Note',
      'Comment',
      'Comments',
      'Remarks',
      'Bemerkung',
      'Bemerkungen',
      'Kommentar',
      'Commentaires',
      'Comentarios',
    ]),
    pronouns: ['Pronouns', 'Pronomen', 'Pronoms', 'Pronombres'],
    connectedOn: both('connectedOn'),
  },
  isHeader: (columns) => IDENTIFYING.some((column) => columns[column] !== undefined),
  wanted: 'Name (or First Name and Last Name), E-mail or Phone',
  dateColumns: ['connectedOn', 'birthday'],
  read: ({ field: cell, order }): ReadPerson | Skipped => {
    const field = (column: string): string => undefused(cell(column));
    const filled = (...columns: readonly string[]): string[] => columns.map(field).filter((text) => text.trim() !== '');
    return personOf(
      {
        id: field('id').trim() === '' ? null : `id:${field('id')}`,
        ...{ name: field('name'), givenName: field('givenName'), familyName: field('familyName') },
        ...{ company: field('company'), title: field('position'), location: field('location') },
        ...{ birthday: field('birthday'), metOn: field('connectedOn'), notes: field('notes') },
        pronouns: field('pronouns'),
        emails: filled('email', 'email2', 'email3').flatMap((text) =>
          text.split(/[;,\s]+/).filter((one) => one !== ''),
        ),
        phones: filled('phone', 'phone2', 'phone3').flatMap((text) =>
          text.split(/[;\n]/).filter((one) => one.trim() !== ''),
        ),
        links: [
          ...filled('url').map((value) => ({ label: 'linkedin', value })),
          ...filled('website').map((value) => ({ label: 'website', value })),
          ...filled('website2').map((value) => ({ label: 'github', value })),
        ],
        tags: field('tags')
          .split(/[;,|\n]/)
          .filter((tag) => tag.trim() !== ''),
      },
      order,
    );
  },
};

const IDENTIFYING = ['name', 'givenName', 'familyName', 'email', 'phone'];
