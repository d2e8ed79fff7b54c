import { folded } from './folded-lines.js';

/** The versions of vCard that are written: RFC 2426 and RFC 6350. */
export type CardVersion = '3.0' | '4.0';

/** A property of ours. It says that the given name of `N` is the whole name, because its parts are not known. */
export const WHOLE_NAME = 'X-KITH-WHOLE-NAME';

/** One line of a card: its name, parameters that need no quotation marks, and a value that is already written. */
export interface CardLine {
  readonly name: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly value: string;
}

/** Characters that end a line for some readers, though not in RFC 6350: next line, line and paragraph separator, VT and FF. */
const LINE_ENDS = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
/** Controls, which RFC 6350 §3.3 forbids in a text, but for the tab; a line feed is written as an escape. */
const CONTROLS = /(?![\t\n])\p{Cc}/gu;
/** What a URI never has (RFC 3986 §2), and what would end its line. */
const NO_URI = /[\s\p{Cc}"<>\\^`{|}]/u;
const SCHEME = /^[a-z][a-z\d+.-]*:/i;

/** A card: its lines end with CRLF and are folded at 75 octets. */
export function cardText(version: CardVersion, lines: readonly CardLine[]): string {
  const written = lines.map(({ name, parameters = {}, value }) => {
    const given = Object.entries(parameters).map(([key, word]) => `;${key}=${word}`);
    return `${name}${given.join('')}:${value}`;
  });
  return folded(['BEGIN:VCARD', `VERSION:${version}`, ...written, 'END:VCARD', ''].join('\r\n'));
}

/**
 * A text as a value of its own. RFC 2426 §4 escapes semicolons everywhere, RFC 6350 §3.4 only in values of several parts; readers of vCard 4.0
 * may show the backslash elsewhere.
 */
export function cardValue(text: string, version: CardVersion): string {
  return version === '3.0' ? cardPart(text) : escaped(text, /[\\,]/g);
}

/** A text as a part of a value, where a comma or a semicolon would begin the next part. */
export function cardPart(text: string): string {
  return escaped(text, /[\\,;]/g);
}

function escaped(text: string, special: RegExp): string {
  const plain = text.replace(LINE_ENDS, '\n').replace(CONTROLS, '');
  return plain.replace(special, '\\$&').replaceAll('\n', '\\n');
}

/** Whether a text can stand where a URI is expected. */
export function isCardUri(text: string): boolean {
  return SCHEME.test(text) && !NO_URI.test(text);
}
