import { decoderOf } from '../../../../kit/charset.js';
import { breathe } from '../../../../kit/breather.js';
import type { TablePlan } from './reader.js';

/** Parsed in a few milliseconds, so that whatever else the process does waits no longer. */
const PIECE = 4_096;

/** The text of a file below its header, piece by piece, with lines that end in `\n`. Other work runs between the pieces. */
export async function* textOf(
  parts: AsyncIterable<Buffer>,
  { charset, skip, headerLine }: Pick<TablePlan, 'charset' | 'skip' | 'headerLine'>,
): AsyncGenerator<string> {
  const decode = decoderOf(charset);
  let above = headerLine;
  let rest = '';
  let toSkip = skip;
  for await (const part of parts) {
    for (let start = toSkip; start < part.length; start += PIECE) {
      const text = rest + decode(part.subarray(start, start + PIECE), false);
      // A carriage return at the end may belong to a line feed that follows.
      rest = text.endsWith('\r') ? '\r' : '';
      const { below, left } = belowLines(unixLines(text.slice(0, text.length - rest.length)), above);
      above = left;
      if (below !== '') yield below;
      await breathe();
    }
    toSkip = 0;
  }
  yield belowLines(unixLines(rest + decode(Buffer.alloc(0), true)), above).below;
}

function unixLines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** The text after so many ends of lines, and how many of them it lacks. */
function belowLines(text: string, lines: number): { below: string; left: number } {
  let place = 0;
  let left = lines;
  for (; left > 0; left -= 1) {
    const end = text.indexOf('\n', place);
    if (end === -1) return { below: '', left };
    place = end + 1;
  }
  return { below: text.slice(place), left };
}
