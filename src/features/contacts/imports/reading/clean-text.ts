import { cutText } from '../../../../kit/cut-text.js';
import { isSafeText, normalizeText, tidyText } from '../../../../kit/text.js';

/** A text of one line as it may be stored: without U+0000, in Normalization Form C, without superfluous space. */
export function clean(text: string): string {
  return tidyText(safe(text));
}

/** The same for a text of several lines, which it keeps. */
export function cleanLines(text: string): string {
  return normalizeText(safe(text)).replace(/\r\n?/g, '\n').trim();
}

/** Of at most so many characters; null when nothing of it can be seen. */
export function bounded(text: string, most: number): string | null {
  const short = cutText(clean(text), most).trim();
  return isSeen(short) ? short : null;
}

export function isSeen(text: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
}

function safe(text: string): string {
  return isSafeText(text) ? text : text.replaceAll('\u0000', '').toWellFormed();
}
