import { csvLine } from '../../../kit/csv-lines.js';
import type { ExportedContact } from './exported-contact.js';

type Column = (contact: ExportedContact) => string | null;

/** The values of a list are lines of one cell: a tag may contain every other separator. */
const list = (values: readonly string[]): string => values.join('\n');
const flag = (value: boolean): string => String(value);

/** In the order of the file. */
const COLUMNS: Readonly<Record<string, Column>> = {
  name: ({ name }) => name,
  givenName: ({ givenName }) => givenName,
  familyName: ({ familyName }) => familyName,
  pronouns: ({ pronouns }) => pronouns,
  emails: ({ emails }) => list(emails),
  phones: ({ phones }) => list(phones),
  phoneNumbers: ({ phoneNumbers }) => list(phoneNumbers),
  company: ({ company }) => company,
  title: ({ title }) => title,
  location: ({ location }) => location,
  timeZone: ({ timeZone }) => timeZone,
  birthday: ({ birthday }) => birthday,
  relation: ({ relation }) => relation,
  howWeMet: ({ howWeMet }) => howWeMet,
  metOn: ({ metOn }) => metOn,
  tier: ({ tier }) => tier,
  keepInTouchEvery: ({ keepInTouchEvery }) => keepInTouchEvery,
  lastTouchAt: ({ lastTouchAt }) => lastTouchAt,
  nextTouchAt: ({ nextTouchAt }) => nextTouchAt,
  tags: ({ tags }) => list(tags),
  links: ({ links }) => list(links.map(({ kind, value }) => `${kind}: ${value}`)),
  notes: ({ notes }) => notes,
  favourite: ({ favourite }) => flag(favourite),
  archived: ({ archived }) => flag(archived),
  doNotContact: ({ doNotContact }) => flag(doNotContact),
  custom: ({ custom }) => (Object.keys(custom).length === 0 ? null : JSON.stringify(custom)),
  id: ({ id }) => id,
  createdAt: ({ createdAt }) => createdAt,
  updatedAt: ({ updatedAt }) => updatedAt,
};

export function tableHead(): string {
  return csvLine(Object.keys(COLUMNS));
}

export function tableRow(contact: ExportedContact): string {
  return csvLine(Object.values(COLUMNS).map((column) => column(contact) ?? ''));
}
