import { PART } from './transfers.sql.js';
import { RefusedLine } from './line-judge.js';

/** No row is longer, in bytes. */
const LONGEST_LINE = 1_000_000;
const LINE_FEED = 0x0a;

/** Whole lines of a file, and where the next one begins. */
interface TakenLines {
  readonly lines: readonly string[];
  readonly place: number;
}

/**
 * The next lines of a file: as many as end within two of its parts.
 *
 * @param bytes what is in the file from the part of `place` on
 * @throws RefusedLine for one that is too long, or no UTF-8
 */
export function linesFrom(bytes: Buffer, place: number, end: number, most: number, before: number): TakenLines {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const lines: string[] = [];
  let at = place % PART;
  const rest = at + (end - place);
  while (lines.length < most && at < bytes.length) {
    const found = bytes.indexOf(LINE_FEED, at);
    const stop = found === -1 && bytes.length >= rest ? bytes.length : found;
    const line = before + lines.length + 1;
    if ((stop === -1 ? bytes.length : stop) - at > LONGEST_LINE)
      throw new RefusedLine(line, `The line is longer than ${LONGEST_LINE} bytes.`);
    if (stop === -1) break;
    try {
      lines.push(decoder.decode(bytes.subarray(at, stop)));
    } catch {
      throw new RefusedLine(line, 'The line is not UTF-8.');
    }
    at = stop + 1;
  }
  return { lines, place: place - (place % PART) + Math.min(at, rest) };
}
