import { breathe, inSlices } from '../../../../kit/breather.js';
import { charsetOf, decoderOf } from '../../../../kit/charset.js';
import type { Charset } from '../../../../kit/charset.js';
import { fieldsOfLine } from '../../../../kit/csv-text.js';
import { cutText } from '../../../../kit/cut-text.js';
import { foldName } from '../../../../kit/fold.js';
import { Problem } from '../../../../platform/errors/problem.js';
import type { TableMapping } from '../import.inputs.js';
import { refuseNoText } from './no-text.js';
import type { HowToRead, TablePlan } from './reader.js';
import type { HeaderFormat } from './table-format.js';

/** The notes before the header are a paragraph; whatever lies beyond these bytes and lines is no header. */
const PROBE = 65_536;
const DELIMITERS = [',', ';', '\t'];
const MOST_LINES = 100;
/** No export has a header of more characters; a line of 32,000 columns takes 0.1 s to read. */
const LONGEST_HEADER = 8_192;
const MOST_SEEN = 20;
/** Of so many columns the report says when they are not taken over. */
const MOST_OTHERS = 200;
/** Tried for the header when the guess shows none. Only its words are proof: in other bytes, what is right in one encoding is letters in the other too. */
const OTHER_GUESS = 'windows-1251';
const WAY_OUT =
  'The encoding was guessed: if letters look wrong, send the file again and declare it, as in `content-type: text/csv; charset=windows-1251`, or with `charset` beside `base64`.';

type Columns = Record<string, number>;

interface Header {
  readonly line: number;
  readonly delimiter: string;
  readonly columns: Columns;
  readonly names: readonly string[];
}

interface Begin {
  readonly charset: Charset;
  readonly header: Header;
}

/**
 * How to read a file, from its first bytes: the encoding, the delimiter, and which column is which.
 * @throws Problem `unprocessable` that names the columns that were looked for and those that are there, or says what to send instead
 */
export async function tablePlanOf(
  bytes: Buffer,
  format: HeaderFormat,
  { declared, dateOrder = null, mapping }: HowToRead,
): Promise<TablePlan> {
  refuseNoText(bytes, format.file);
  const { charset, header } = await beginOf(bytes, format, declared, mapping ?? {});
  const notes = [`The file is read as ${charset.label}.${charset.isGuess ? ` ${WAY_OUT}` : ''}`];
  return {
    charset: charset.label,
    skip: charset.skip,
    delimiter: header.delimiter,
    headerLine: header.line,
    columns: header.columns,
    others: othersOf(header, format),
    dateOrder,
    likelyOrder: isEnglish(header, format) ? 'monthFirst' : 'dayFirst',
    notes,
  };
}

/** The encoding and the header that it shows. */
async function beginOf(
  bytes: Buffer,
  format: HeaderFormat,
  declared: string | null,
  mapping: TableMapping,
): Promise<Begin> {
  const charset = charsetOf(bytes, declared);
  if (!charset) {
    const detail = `${cutText(declared ?? '', 40)} is not an encoding. Give its WHATWG name, such as utf-8, utf-16le or windows-1252, or none.`;
    throw Problem.field('charset', 'unknownCharset', detail);
  }
  const guesses = charset.isGuess ? [charset, { ...charset, label: OTHER_GUESS }] : [charset];
  const linesIn = ({ label, skip }: Charset): string[] => linesOf(decoderOf(label)(bytes.subarray(skip, PROBE), false));
  for (const guess of guesses) {
    const header = await headerOf(linesIn(guess), format, mapping);
    if (header) return { charset: guess, header };
  }
  throw await noHeader(linesIn(charset), format, { mapping, isGuess: charset.isGuess });
}

/** Of a longer line only its beginning is looked at. */
function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/).map((line) => line.slice(0, LONGEST_HEADER));
}

/** The header is the first line that has the columns; quotation marks in notes above it may be unbalanced. */
async function headerOf(lines: readonly string[], format: HeaderFormat, mapping: TableMapping): Promise<Header | null> {
  const given = givenIn(mapping, format);
  for (const [index, text] of lines.slice(0, MOST_LINES).entries()) {
    for (const delimiter of DELIMITERS.filter((sign) => text.includes(sign))) {
      const names = fieldsOfLine(text, delimiter);
      const columns = columnsOf(names, format, given);
      if (columns && format.isHeader(columns)) return { line: index + 1, delimiter, columns, names };
      await breathe();
    }
  }
  return null;
}

/** The columns of the mapping, each with its name in the file. */
function givenIn(mapping: TableMapping, format: HeaderFormat): (readonly [string, string])[] {
  return Object.keys(format.columns).flatMap((column) => {
    const name = mapping[column as keyof TableMapping];
    return typeof name === 'string' ? [[column, name] as const] : [];
  });
}

/** The place of each column; null if one of the mapping is missing. */
function columnsOf(
  names: readonly string[],
  { columns }: HeaderFormat,
  given: readonly (readonly [string, string])[],
): Columns | null {
  if (names.length < 2) return null;
  const places = new Map(names.map((name, place) => [foldName(name), place] as const).reverse());
  const found: Columns = {};
  for (const [column, spellings] of Object.entries(columns)) {
    const spelling = foldedOf(spellings).find((name) => places.has(name));
    if (spelling !== undefined) found[column] = places.get(spelling) ?? 0;
  }
  for (const [column, name] of given) {
    const place = places.get(foldName(name));
    if (place === undefined) return null;
    found[column] = place;
  }
  return found;
}

/** Two hundred spellings are compared with each line that may be the header. */
const folded = new WeakMap<readonly string[], readonly string[]>();

function foldedOf(spellings: readonly string[]): readonly string[] {
  const known = folded.get(spellings) ?? spellings.map(foldName);
  folded.set(spellings, known);
  return known;
}

async function noHeader(
  lines: readonly string[],
  format: HeaderFormat,
  { mapping, isGuess }: { readonly mapping: TableMapping; readonly isGuess: boolean },
): Promise<Problem> {
  const given = givenIn(mapping, format);
  const wanted = given.length > 0 ? given.map(([, name]) => name).join(', ') : format.wanted;
  const seen = await likeliestHeader(lines);
  const there = seen.length > 0 ? `The file has: ${seen.join(', ')}.` : 'The file has no line with columns.';
  const detail = `No line has the columns ${wanted}. ${there} ${format.file.advice} Or name its columns with \`mapping\`, as in mapping[givenName]=${seen[0] ?? 'Vorname'}.${isGuess ? ` ${WAY_OUT}` : ''}`;
  return new Problem('unprocessable', detail, [
    { pointer: given.length > 0 ? '/mapping' : '/csv', code: 'unknownHeader', detail },
  ]);
}

/** The line with the most columns of any delimiter: what a person would call the header. */
async function likeliestHeader(lines: readonly string[]): Promise<string[]> {
  const ways = lines.slice(0, MOST_SEEN).flatMap((line) => DELIMITERS.map((delimiter) => ({ line, delimiter })));
  const rows = await inSlices(ways, ({ line, delimiter }) => fieldsOfLine(line, delimiter));
  const widest = rows.reduce((widest, row) => (row.length > widest.length ? row : widest), []);
  return widest.slice(0, MOST_SEEN).map((name) => cutText(name.toWellFormed().replaceAll('\u0000', ''), 40));
}

/** The columns that no one asks for, but for those that every row of an export has. */
function othersOf({ names, columns }: Header, { ignored = [] }: HeaderFormat): TablePlan['others'] {
  const taken = new Set(Object.values(columns));
  const usual = new Set(foldedOf(ignored));
  return names
    .slice(0, MOST_OTHERS)
    .flatMap((name, place) =>
      taken.has(place) || name === '' || usual.has(foldName(name))
        ? []
        : [[place, cutText(name.toWellFormed().replaceAll('\u0000', ''), 40)] as const],
    );
}

function isEnglish({ names }: Header, { columns }: HeaderFormat): boolean {
  const english = new Set(Object.values(columns).map(([first = '']) => foldName(first)));
  return names.every((name) => name === '' || english.has(foldName(name)));
}
