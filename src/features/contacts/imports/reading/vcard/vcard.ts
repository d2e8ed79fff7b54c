import { charsetOf, decoderOf } from '../../../../../kit/charset.js';
import { cutText } from '../../../../../kit/cut-text.js';
import { Problem } from '../../../../../platform/errors/problem.js';
import { refuseNoText } from '../no-text.js';
import type { FileReader, FileRow, HowToRead, ImportPlan, OpenedFile, Parts } from '../reader.js';
import { RowCount } from '../row-count.js';
import { rowOf } from './card-person.js';
import { cardsOf } from './cards.js';
import type { Between } from './cards.js';

const FILE = {
  wanted: 'a file of vCards',
  advice:
    'It is called .vcf: in Google Contacts choose Export and vCard, in Apple Contacts File, Export, Export vCard.',
};
/** Whatever is above the first card is no longer than this, in bytes. */
const PROBE = 65_536;

/** Files of vCards: 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350), also mixed. */
export const vcard: FileReader = {
  source: 'vcard',
  brings: 'people',
  howWeMet: null,
  tags: [],
  planOf: (bytes, how) => Promise.resolve(planOf(bytes, how)),
  open: opened,
};

function planOf(bytes: Buffer, { declared }: HowToRead): ImportPlan {
  refuseNoText(bytes, FILE);
  const charset = charsetOf(bytes, declared);
  if (!charset) {
    const detail = `${cutText(declared ?? '', 40)} is not an encoding. Give its WHATWG name, such as utf-8, utf-16le or windows-1252, or none.`;
    throw Problem.field('charset', 'unknownCharset', detail);
  }
  const { label, skip, isGuess } = charset;
  const beginning = decoderOf(label)(bytes.subarray(skip, PROBE), false);
  if (!/^[ \t]*BEGIN:VCARD[ \t]*\r?$/im.test(beginning)) {
    const detail = `The file has no line BEGIN:VCARD: it is no file of vCards. ${FILE.advice} A table goes to the import of CSV files.`;
    throw new Problem('unprocessable', detail, [{ pointer: '/vcard', code: 'noCard', detail }]);
  }
  // Programs mix encodings in one file, so a value that is right in UTF-8 is read as that.
  const read = isGuess ? 'utf-8' : label;
  const rest = isGuess ? ' Values that are not UTF-8 are read as windows-1252, unless they say otherwise.' : '';
  return { charset: read, skip, notes: [`The file is read as ${read}.${rest}`] };
}

async function opened(parts: Parts, plan: ImportPlan): Promise<OpenedFile> {
  const between: Between = { lines: 0 };
  const count = new RowCount();
  for await (const cards of cardsOf(parts, plan, between)) count.add(cards.length);
  const stray = `${between.lines} lines that belong to no card are not taken over.`;
  return { notes: between.lines === 0 ? [] : [stray], rows: rowsOf(parts, plan) };
}

async function* rowsOf(parts: Parts, plan: ImportPlan): AsyncGenerator<readonly FileRow[]> {
  for await (const cards of cardsOf(parts, plan, { lines: 0 })) {
    yield cards.map((card) => ({ line: card.line, row: rowOf(card, plan.charset) }));
  }
}
