import { charsetOf, decoderOf } from '../../src/kit/charset.js';

const TEXT = 'Vorname;Nachname\nJürgen;Größe €\n';
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();
const windows = Buffer.from(TEXT.replace('€', '\u0080'), 'latin1');
const read = (bytes: Buffer, declared: string | null): string => {
  const charset = charsetOf(bytes, declared);
  return charset ? decoderOf(charset.label)(bytes.subarray(charset.skip), true) : 'refused';
};

it.each([
  ['UTF-8', Buffer.from(TEXT), null],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`), null],
  ['UTF-8 with a mark that is declared as something else', Buffer.from(`\ufeff${TEXT}`), 'windows-1252'],
  ['UTF-16 with a mark', utf16(`\ufeff${TEXT}`), null],
  ['UTF-16, big end first, with a mark', swapped(utf16(`\ufeff${TEXT}`)), null],
  ['UTF-16 without a mark', utf16(TEXT), null],
  ['UTF-16, big end first, without a mark', swapped(utf16(TEXT)), null],
  ['UTF-16 that is declared', utf16(TEXT), 'UTF-16LE'],
  ['Windows-1252 that is declared', windows, 'Windows-1252'],
  ['Windows-1252 under its other name', windows, 'iso-8859-1'],
  ['Windows-1252 that is not declared', windows, null],
  ['Windows-1252 that is declared as UTF-8', windows, 'utf-8'],
  ['ISO-8859-15 that is declared', Buffer.from(TEXT.replace('€', '\u00a4'), 'latin1'), 'ISO-8859-15'],
])('reads %s', (_, bytes, declared) => expect(read(bytes, declared)).toBe(TEXT));

it('knows no encoding that the standard does not', () => expect(charsetOf(Buffer.from('x'), 'klingon')).toBeNull());

it('joins a character that is split over two pieces', () => {
  const decode = decoderOf('utf-8');
  const bytes = Buffer.from('é€');
  expect([...bytes].map((_, at) => decode(bytes.subarray(at, at + 1), at === bytes.length - 1)).join('')).toBe('é€');
});
