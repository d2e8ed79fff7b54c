import { isUtf8 } from 'node:buffer';

/** A WHATWG encoding, and how many bytes of a mark precede the text. */
export interface Charset {
  readonly label: string;
  readonly skip: number;
  /** Whether neither a mark nor the caller says so, and the bytes prove nothing. */
  readonly isGuess: boolean;
}

const MARKS: readonly (readonly [label: string, mark: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
/** What a file is in of which nothing is known. */
const GUESS = 'windows-1252';
/** Enough to see which half of each pair of bytes is zero. */
const PROBE = 4_096;

/**
 * The encoding of a text file: by its byte order mark, else as declared, else detected: UTF-8 when it is valid, UTF-16
 * when every second byte of Latin text is zero, else Windows-1252, in which every byte means something.
 *
 * Returns null when the declared label is not one of the WHATWG Encoding Standard.
 */
export function charsetOf(bytes: Buffer, declared: string | null): Charset | null {
  for (const [label, mark] of MARKS) {
    if (mark.every((byte, index) => bytes[index] === byte)) return { label, skip: mark.length, isGuess: false };
  }
  const label = declared === null ? detected(bytes) : knownLabel(declared);
  if (label === null) return null;
  // Many clients declare UTF-8 for whatever they send.
  const isWrong = label === 'utf-8' && !isUtf8(bytes);
  const found = isWrong ? detected(bytes) : label;
  return { label: found, skip: 0, isGuess: (isWrong || declared === null) && found === GUESS };
}

/** Decodes a text that arrives in pieces: a character may begin in one and end in the next. */
export function decoderOf(label: string): (bytes: Buffer, isLast: boolean) => string {
  if (label === GUESS) return fromWindows1252;
  const decoder = new TextDecoder(label);
  return (bytes, isLast) => decoder.decode(bytes, { stream: !isLast });
}

function fromWindows1252(bytes: Buffer): string {
  return withWindowsSigns(bytes.toString('latin1'));
}

/** Some releases of Node decode Windows-1252 as Latin-1, whose control characters stand where Windows has letters. */
export function withWindowsSigns(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (sign) => WINDOWS[sign.charCodeAt(0) - 0x80] ?? sign);
}

/** What Windows-1252 has at 0x80 to 0x9f. */
const WINDOWS = [...'€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'];

/** The name of the encoding with this label, or null. */
function knownLabel(label: string): string | null {
  try {
    return new TextDecoder(label.trim()).encoding;
  } catch {
    return null;
  }
}

function detected(bytes: Buffer): string {
  const probe = bytes.subarray(0, PROBE);
  const zeros = [0, 0];
  probe.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const quarter = probe.length / 8;
  if (odd > quarter && odd > even * 4) return 'utf-16le';
  if (even > quarter && even > odd * 4) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : GUESS;
}
