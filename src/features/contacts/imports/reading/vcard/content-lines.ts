import { breathe } from '../../../../../kit/breather.js';
import { decoderOf } from '../../../../../kit/charset.js';
import type { ImportPlan } from '../reader.js';

/** A line of a file, each character of it one byte, because a fold may part the bytes of one character. */
export interface ContentLine {
  readonly text: string;
  /** Where it begins in the file, counted from 1. */
  readonly line: number;
  /** Whether its end was left out: it is longer than anything but a picture. */
  readonly isCut: boolean;
}

/** Put together in a few milliseconds, so that whatever else the process does waits no longer. */
const PIECE = 4_096;
const LONGEST = 65_536;
/** Pictures, sounds and keys: of these lines only the name is kept. */
const BINARY = /^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:]/i;
const QUOTED = /^[^:]{0,1000};(?:ENCODING=)?QUOTED-PRINTABLE[;:]/i;
const FRAME = /^(?:BEGIN|END):VCARD\s*$/i;

interface Growing {
  text: string;
  readonly line: number;
  readonly isBinary: boolean;
  readonly isQuoted: boolean;
  isCut: boolean;
}

/**
 * The lines of vCards, unfolded: those of 3.0 and 4.0 go on after a line break and one space (RFC 6350 §3.2), those of 2.1 keep that
 * space, and its quoted-printable values go on after an equals sign (RFC 2045 §6.7).
 */
export async function* contentLines(
  parts: AsyncIterable<Buffer>,
  plan: ImportPlan,
): AsyncGenerator<readonly ContentLine[]> {
  const unfolding = new Unfolding();
  for await (const lines of linesOf(bytesOf(parts, plan))) {
    const whole = lines.flatMap((line) => unfolding.add(line) ?? []);
    if (whole.length > 0) yield whole;
  }
  const last = unfolding.end();
  if (last) yield [last];
}

/** Puts lines together again. */
class Unfolding {
  private growing: Growing | null = null;
  private is21 = false;

  /** The line before this one, if it is whole now. */
  add({ text, line, isCut }: ContentLine): ContentLine | null {
    const { growing } = this;
    if (growing && this.goesOn(growing, text)) {
      this.grow(growing, text, isCut);
      return null;
    }
    if (text.trim() === '') return this.end();
    const whole = this.end();
    const isBinary = BINARY.test(text);
    this.growing = {
      text: isBinary ? `${text.slice(0, text.search(/[;:]/))}:` : text,
      ...{ line, isBinary, isQuoted: !isBinary && QUOTED.test(text), isCut: isCut && !isBinary },
    };
    if (/^VERSION:/i.test(text)) this.is21 = /^VERSION:\s*2\.1/i.test(text);
    return whole;
  }

  /** The last line. */
  end(): ContentLine | null {
    const { growing } = this;
    this.growing = null;
    return growing && { text: growing.text, line: growing.line, isCut: growing.isCut };
  }

  private goesOn(growing: Growing, text: string): boolean {
    if (FRAME.test(text)) return false;
    if (growing.isQuoted && growing.text.endsWith('=')) return true;
    if (/^[ \t]/.test(text)) return text.trim() !== '' || !this.is21;
    // Some programs do not indent the lines of a picture.
    return growing.isBinary && text.trim() !== '' && !text.includes(':');
  }

  private grow(growing: Growing, text: string, isCut: boolean): void {
    if (growing.isBinary) return;
    const isSoft = growing.isQuoted && growing.text.endsWith('=');
    const next = isSoft || this.is21 ? text : text.slice(1);
    if (growing.text.length + next.length > LONGEST) growing.isCut = true;
    else growing.text = (isSoft ? growing.text.slice(0, -1) : growing.text) + next;
    growing.isCut ||= isCut;
  }
}

/** The bytes of a file as characters. UTF-16 becomes UTF-8 first, so that a line break is one byte. */
async function* bytesOf(parts: AsyncIterable<Buffer>, { charset, skip }: ImportPlan): AsyncGenerator<string> {
  const isWide = charset.startsWith('utf-16');
  const decode = decoderOf(charset);
  let toSkip = skip;
  for await (const part of parts) {
    for (let start = toSkip; start < part.length; start += PIECE) {
      const piece = part.subarray(start, start + PIECE);
      yield (isWide ? Buffer.from(decode(piece, false)) : piece).toString('latin1');
      await breathe();
    }
    toSkip = 0;
  }
}

/** Lines, however they end. Of a line that is too long the beginning is kept. */
async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<ContentLine[]> {
  let text = '';
  let isCut = false;
  let line = 1;
  let held = '';
  for await (const piece of pieces) {
    const whole = held + piece;
    // A carriage return at the end may belong to a line feed that follows.
    held = whole.endsWith('\r') ? '\r' : '';
    const ended: ContentLine[] = [];
    for (const [index, part] of whole
      .slice(0, whole.length - held.length)
      .split(/\r\n|\n|\r/)
      .entries()) {
      if (index > 0) {
        ended.push({ text, line, isCut });
        [text, isCut] = ['', false];
        line += 1;
      }
      isCut ||= text.length + part.length > LONGEST;
      text = (text + part).slice(0, LONGEST);
    }
    yield ended;
  }
  yield [{ text, line, isCut }];
}
