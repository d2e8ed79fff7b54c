import { contactCard } from './contact-card.js';
import { tableHead, tableRow } from './contact-table.js';
import type { ExportedContact } from './exported-contact.js';

/** How contacts are written to a file. */
interface ContactFormat {
  readonly mediaType: string;
  /** The ending of a file's name. */
  readonly ending: string;
  /** What stands before the first contact, between two, and after the last one. */
  readonly before: string;
  readonly between: string;
  readonly after: string;
  readonly write: (contact: ExportedContact) => string;
}

const TABLE = {
  mediaType: 'text/csv',
  ending: 'csv',
  before: tableHead(),
  between: '',
  after: '',
  write: tableRow,
} as const;
/** Without it, Excel reads a table in the old encoding of its system (Unicode, section 23.8). */
const BYTE_ORDER_MARK = '\uFEFF';
const VCARD = { mediaType: 'text/vcard', ending: 'vcf', before: '', between: '', after: '' } as const;

export const CONTACT_FORMATS = {
  json: {
    ...{ mediaType: 'application/json', ending: 'json', before: '[', between: ',\n', after: ']\n' },
    write: (contact) => JSON.stringify(contact),
  },
  csv: TABLE,
  excel: { ...TABLE, before: BYTE_ORDER_MARK + TABLE.before },
  vcard3: { ...VCARD, write: (contact) => contactCard(contact, '3.0') },
  vcard4: { ...VCARD, write: (contact) => contactCard(contact, '4.0') },
} as const satisfies Readonly<Record<string, ContactFormat>>;

export type FormatName = keyof typeof CONTACT_FORMATS;
export type CardName = 'vcard3' | 'vcard4';

export const FORMAT_NAMES = Object.keys(CONTACT_FORMATS) as readonly FormatName[];
export const CARD_NAMES: readonly CardName[] = ['vcard3', 'vcard4'];

export const FORMAT_MEANING =
  '`json`: a list of contacts; `csv`: a table, whose lists are lines of one cell and whose cells are no formulas; `excel`: the same table with a byte order mark in front, by which Excel knows its encoding; `vcard3` and `vcard4`: cards (RFC 2426, RFC 6350).';
