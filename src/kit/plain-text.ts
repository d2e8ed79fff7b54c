import { cutText } from './cut-text.js';
import { isSafeText, isVisibleText, normalizeText } from './text.js';

/**
 * What nobody sees, or what makes a reader see something else than is there: control characters, marks that turn the direction of a text
 * (U+202E shows `gpj.exe` as `exe.jpg`), and zero-width ones that make two equal names different. Line feeds and tabs stay.
 */
const TRICKS =
  /(?![\n\t])[\p{Cc}\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const LINE_ENDS = /\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g;
const JOINERS = /[\u200c\u200d]+/g;
/** Behind these, joiners are a trick. They stay where they belong: inside emoji, and in scripts that need them. */
const NEEDS_NONE = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\p{P}\p{Z}\n\t]?$/u;

/** So much of a text, for each character that is kept, is looked at: the rest may be anything. */
const LOOKED_AT = 4;

/** A text of one line that somebody else wrote, as it can be stored and shown: at most so many characters; null when nothing of it can be seen. */
export function plainLine(text: string, most: number): string | null {
  return visible(cutText(plain(text, most).replace(/\s+/g, ' ').trim(), most).trim());
}

/** The same for a text of several lines, which it keeps, and whether something was cut off. */
export function plainLines(text: string, most: number): { readonly text: string | null; readonly isCut: boolean } {
  // A pattern for spaces before the end of a line looks at each of a long run as often as there are spaces behind it.
  const lines = plain(text, most)
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  const short = cutText(lines, most).trim();
  return { text: visible(short), isCut: short.length < lines.length || text.length > most * LOOKED_AT };
}

function plain(text: string, most: number): string {
  const begun = text.slice(0, most * LOOKED_AT).replace(LINE_ENDS, '\n');
  const safe = isSafeText(begun) ? begun : begun.toWellFormed();
  return normalizeText(withoutNeedlessJoiners(safe.replace(TRICKS, '')));
}

/** A pattern that looks behind does so at every character of a text: half a second for 80,000. */
function withoutNeedlessJoiners(text: string): string {
  return text.replace(JOINERS, (run, at: number) => (NEEDS_NONE.test(characterBefore(text, at)) ? '' : run));
}

/** The code point that ends at an index; none at the beginning. */
function characterBefore(text: string, at: number): string {
  const isSecondHalf = /[\udc00-\udfff]/.test(text.charAt(at - 1));
  return text.slice(Math.max(0, at - (isSecondHalf ? 2 : 1)), at);
}

function visible(text: string): string | null {
  return isVisibleText(text) ? text : null;
}
