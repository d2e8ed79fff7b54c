import { isUtf8 } from 'node:buffer';
import { charsetOf, decoderOf } from '../../../../../kit/charset.js';

/** A property of a card, with its value as text that is still escaped. */
export interface Property {
  /** The prefix that ties it to its label: `item1` of `item1.EMAIL`. */
  readonly group: string | null;
  readonly name: string;
  /** In small letters: of 2.1, in which they have no name, and of 3.0 and 4.0. */
  readonly types: ReadonlySet<string>;
  readonly parameter: (name: string) => string | null;
  readonly value: string;
}

const LONGEST_LABEL = 40;

/** The property of a content line, each of whose characters is one byte; null when it is none. */
export function propertyOf(text: string, charset: string): Property | null {
  const colon = endOfHead(text);
  if (colon === -1) return null;
  const [named = '', ...given] = splitUnquoted(text.slice(0, colon), ';');
  const [, group = null, name = ''] = /^\s*(?:([\w-]+)\.)?([\w-]+)\s*$/.exec(named) ?? [];
  if (name === '') return null;
  const parameters = new Map<string, string[]>();
  for (const parameter of given) add(parameters, parameter);
  const parameter = (key: string): string | null => parameters.get(key)?.[0] ?? null;
  const bytes = bytesOf(text.slice(colon + 1), parameter('ENCODING'));
  return {
    group: group?.toLowerCase() ?? null,
    name: name.toUpperCase(),
    types: new Set((parameters.get('TYPE') ?? []).map((type) => type.toLowerCase())),
    parameter,
    value: textOf(bytes, parameter('CHARSET') ?? charset),
  };
}

/** The parts of a structured value, such as those of a name; still escaped. */
export function partsOf(value: string, sign: ';' | ','): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < value.length; at += 1) {
    if (value[at] === '\\') at += 1;
    else if (value[at] === sign) {
      parts.push(value.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, value.slice(start)];
}

/** A value without its escapes (RFC 6350 §3.4). */
export function unescaped(value: string): string {
  return value.replace(/\\([nN,;:\\])/g, (_, sign: string) => (sign === 'n' || sign === 'N' ? '\n' : sign));
}

function endOfHead(text: string): number {
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') isQuoted = !isQuoted;
    else if (text[at] === ':' && !isQuoted) return at;
  }
  // A quotation mark that never ends is a letter.
  return text.indexOf(':');
}

function splitUnquoted(text: string, sign: string): string[] {
  const parts: string[] = [];
  let isQuoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') isQuoted = !isQuoted;
    else if (text[at] === sign && !isQuoted) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

/** `TYPE=HOME,PREF`, `TYPE="home,pref"`, and of 2.1 `HOME` alone. */
function add(parameters: Map<string, string[]>, text: string): void {
  const equals = text.indexOf('=');
  const bare = text.trim().toUpperCase();
  const isEncoding = ['QUOTED-PRINTABLE', 'BASE64', 'B', '8BIT', '7BIT'].includes(bare);
  const name = equals === -1 ? (isEncoding ? 'ENCODING' : 'TYPE') : text.slice(0, equals).trim().toUpperCase();
  const values = equals === -1 ? [text.trim()] : splitUnquoted(text.slice(equals + 1), ',');
  const plain = values.map((value) => value.trim().replace(/^"(.*)"$/s, '$1'));
  const all = name === 'TYPE' ? plain.flatMap((value) => value.split(',')) : plain;
  parameters.set(name, [...(parameters.get(name) ?? []), ...all.map((value) => value.slice(0, 200))]);
}

function bytesOf(text: string, encoding: string | null): Buffer {
  const kind = encoding?.toUpperCase() ?? '';
  if (kind === 'BASE64' || kind === 'B') return Buffer.from(text, 'base64');
  if (kind !== 'QUOTED-PRINTABLE') return Buffer.from(text, 'latin1');
  const plain = text.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(plain.replace(/=$/, ''), 'latin1');
}

/** Programs mix encodings within one file, so what is right in UTF-8 is read as that, unless another one is declared. */
function textOf(bytes: Buffer, label: string): string {
  const declared = charsetOf(Buffer.alloc(0), label.slice(0, LONGEST_LABEL))?.label ?? 'windows-1252';
  const isMisnamed = declared === 'utf-8' && !isUtf8(bytes);
  return decoderOf(isMisnamed ? 'windows-1252' : declared)(bytes, true);
}
