import { Problem } from '../../../../platform/errors/problem.js';

/** What a refusal asks for. */
export interface WantedFile {
  /** Which file, as in “Send …”. */
  readonly wanted: string;
  /** Where the right file is found, as a sentence. */
  readonly advice: string;
}

/** A file that is no text tells what it is by its first bytes. */
const SIGNATURES: readonly (readonly [bytes: string, refusal: (bytes: Buffer, wanted: string) => string])[] = [
  [
    'PK\u0003\u0004',
    (bytes, wanted) =>
      FIRST_ENTRY.test(bytes.toString('latin1', ...NAME)) ? WORKBOOK : `${ARCHIVE} Send ${wanted} that is in it.`,
  ],
  ['\u00d0\u00cf\u0011\u00e0', () => WORKBOOK],
];
const WORKBOOK =
  'The file is a workbook, not a table as text: open it in your spreadsheet, save it as CSV (UTF-8), and send that.';
const ARCHIVE = 'The file is a ZIP archive: unpack it.';
/** What the first entry of a workbook in a ZIP archive is called (ECMA-376, OpenDocument). */
const FIRST_ENTRY = /^(\[Content_Types\]\.xml|_rels\/|docProps\/|xl\/|mimetype)/;
/** Where the name of the first entry begins, and enough of it. */
const NAME = [30, 60] as const;

/** @throws Problem `unprocessable` for what cannot be a table as text; it says what to send instead */
export function refuseNoText(bytes: Buffer, { wanted }: WantedFile): void {
  if (bytes.length === 0) throw refusal('empty', `The file is empty. Send ${wanted} as text.`);
  const start = bytes.toString('latin1', 0, 4);
  const [, detail] = SIGNATURES.find(([signature]) => signature === start) ?? [];
  if (detail) throw refusal('notText', detail(bytes, wanted));
}

function refusal(code: string, detail: string): Problem {
  return new Problem('unprocessable', detail, [{ pointer: '/csv', code, detail }]);
}
