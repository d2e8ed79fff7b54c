import { CsvError, parse } from 'csv-parse/sync';
import { isLocalDate } from './instants.js';
import { normalizeText } from './text.js';
import { parseUrl } from './url.js';

/** One connection of a `Connections.csv`. A text that is missing in the file is empty. */
export interface LinkedInConnection {
  /** The line of the file on which the row begins, counted from 1. */
  line: number;
  givenName: string;
  familyName: string;
  /** The profile, normalized by `normalizeProfileUrl`. */
  url: string;
  email: string;
  company: string;
  position: string;
  /** `YYYY-MM-DD`, or null when the date is absent or cannot be read. */
  connectedOn: string | null;
}

export interface LinkedInReport {
  rows: LinkedInConnection[];
  skipped: { line: number; reason: string }[];
}

/** The text is not LinkedIn's `Connections.csv`; the message says which columns are required. */
export class LinkedInFormatError extends Error {
  override name = 'LinkedInFormatError';
}

const REQUIRED = ['First Name', 'Last Name', 'Company', 'Position', 'Connected On'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Reads LinkedIn's export of connections.
 *
 * Notes of any length may precede the header. The header is found by its column names, in any order; `URL` and
 * `Email Address` may be absent as in exports before 2022. Rows whose names are all empty are members who restrict
 * their profile: they are skipped with that reason. Throws LinkedInFormatError when there is no header, or when a
 * quotation mark never ends.
 */
export function readLinkedInConnections(text: string): LinkedInReport {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
  const { names, line: headerLine } = findHeader(lines);
  const report: LinkedInReport = { rows: [], skipped: [] };
  for (const { fields, line } of readRecords(lines.slice(headerLine).join('\n'), headerLine)) {
    const row = toConnection(fields, names, line);
    if (row.givenName !== '' || row.familyName !== '') report.rows.push(row);
    else report.skipped.push({ line, reason: 'The row has no name: this member restricts who sees the profile.' });
  }
  return report;
}

/**
 * A profile address in normal form, so that it can be compared: https, lower-case host, no query, no
 * fragment, no slash at the end. Empty when the text is not a web address.
 */
export function normalizeProfileUrl(url: string): string {
  const text = url.trim();
  const absolute = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
  const parsed = /^https?:\/\//i.test(absolute) ? parseUrl(absolute) : null;
  if (text === '' || !parsed) return '';
  const { host, pathname } = parsed;
  const path = pathname.replace(/\/+$/, '').replace(/%[0-9a-f]{2}/g, (escape) => escape.toUpperCase());
  return `https://${host}${path}`;
}

/** The names of the header, in lower case, and the number of its line. */
function findHeader(lines: readonly string[]): { names: string[]; line: number } {
  for (const [index, text] of lines.entries()) {
    // Quotation marks in the notes may be unbalanced, so only lines that may be the header are parsed.
    const names = /first name/i.test(text) ? headerNames(text) : [];
    if (REQUIRED.every((name) => names.includes(name.toLowerCase()))) return { names, line: index + 1 };
  }
  throw new LinkedInFormatError(`No line has the columns ${REQUIRED.join(', ')}: choose LinkedIn's Connections.csv.`);
}

function headerNames(line: string): string[] {
  try {
    return (parse(line, { relax_quotes: true })[0] ?? []).map((name) => name.trim().toLowerCase());
  } catch {
    return [];
  }
}

/** The records of the file below its header, each with the line it begins on. */
function readRecords(text: string, linesAbove: number): { fields: string[]; line: number }[] {
  try {
    const records = parse(text, {
      info: true,
      raw: true,
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    }) as unknown as { record: string[]; raw: string; info: { lines: number } }[];
    return records.map(({ record, raw, info }) => ({
      fields: record,
      line: linesAbove + info.lines - (raw.trim().split('\n').length - 1),
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new LinkedInFormatError('A quotation mark in the file never ends: export the file again, or close it.');
  }
}

function toConnection(fields: readonly string[], names: readonly string[], line: number): LinkedInConnection {
  const field = (name: string): string => normalizeText(fields[names.indexOf(name)] ?? '').trim();
  return {
    line,
    givenName: field('first name'),
    familyName: field('last name'),
    url: normalizeProfileUrl(field('url')),
    email: field('email address'),
    company: field('company'),
    position: field('position'),
    connectedOn: parseDay(field('connected on')),
  };
}

/** `04 Nov 2026` as `2026-11-04`. */
function parseDay(text: string): string | null {
  const [, day = '', month = '', year] = /^(\d{1,2}) ([A-Za-z]{3}) (\d{4})$/.exec(text) ?? [];
  const monthNumber = String(MONTHS.indexOf(month.toLowerCase()) + 1).padStart(2, '0');
  const date = `${year}-${monthNumber}-${day.padStart(2, '0')}`;
  return isLocalDate(date) ? date : null;
}
