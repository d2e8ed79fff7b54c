import { CsvError, parse as parseSync } from 'csv-parse/sync';
import { parse } from 'csv-parse';

/** A record of a CSV text, with the line that it begins on, counted from 1. */
export interface CsvRecord {
  readonly fields: readonly string[];
  readonly line: number;
}

/** The text cannot be read as CSV; the message says where and why. */
export class CsvTextError extends Error {
  override name = 'CsvTextError';
}

/** No record of an address book is longer; a quotation mark that never ends makes one. */
const LONGEST_RECORD = 65_536;

const TOO_LONG = `A row is longer than ${LONGEST_RECORD} characters, or a quotation mark never ends: export the file again, or close it.`;

interface Parsed {
  readonly record: string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}

const LENIENT = {
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  record_delimiter: ['\r\n', '\n', '\r'],
  max_record_size: LONGEST_RECORD,
};

/** The fields of one line; none if it is not whole by itself. */
export function fieldsOfLine(line: string, delimiter: string): readonly string[] {
  try {
    return (parseSync(line, { ...LENIENT, delimiter })[0] ?? []).map((field) => field.trim());
  } catch {
    return [];
  }
}

/**
 * The records of a text that arrives in pieces, each piece parsed when it is asked for, so that a large text holds the
 * event loop no longer than one of its pieces.
 *
 * @param linesAbove how many lines of the file precede the text
 * @throws CsvTextError
 */
export async function* recordsOf(
  pieces: AsyncIterable<string>,
  { delimiter, linesAbove }: { readonly delimiter: string; readonly linesAbove: number },
): AsyncGenerator<readonly CsvRecord[]> {
  const parser = parse({ ...LENIENT, delimiter, info: true, raw: true });
  let broken: Error | null = null;
  const ready: Parsed[] = [];
  parser.on('readable', () => {
    for (let one = parser.read() as Parsed | null; one !== null; one = parser.read() as Parsed | null) ready.push(one);
  });
  parser.on('error', (error: Error) => (broken = error));
  let lineLength = 0;
  for await (const piece of pieces) {
    lineLength = lengthOfLastLine(piece, lineLength);
    await new Promise<void>((resolve) => void parser.write(piece, () => resolve()));
    yield taken(ready, broken, linesAbove);
  }
  await new Promise<void>((resolve) => {
    parser.once('end', resolve).once('error', () => resolve());
    parser.end();
  });
  yield taken(ready, broken, linesAbove);
}

/** The parser bounds the characters of a record, but not its fields: a row of commas would have millions of empty ones. */
function lengthOfLastLine(piece: string, before: number): number {
  let length = before;
  for (let start = 0; ;) {
    const end = piece.indexOf('\n', start);
    length += (end === -1 ? piece.length : end) - start;
    if (length > LONGEST_RECORD) throw new CsvTextError(TOO_LONG);
    if (end === -1) return length;
    [length, start] = [0, end + 1];
  }
}

function taken(ready: Parsed[], broken: Error | null, linesAbove: number): readonly CsvRecord[] {
  if (broken) throw textErrorOf(broken);
  return ready.splice(0).map(({ record, raw, info }) => ({
    fields: record,
    line: linesAbove + info.lines - (raw.trim().split(/\r\n|\n|\r/).length - 1),
  }));
}

function textErrorOf(error: Error): Error {
  if (!(error instanceof CsvError)) return error;
  if (error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE') {
    return new CsvTextError(TOO_LONG);
  }
  return new CsvTextError(`The file is not valid CSV: ${error.message.slice(0, 200)}`);
}
