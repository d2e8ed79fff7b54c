// With the u flag a well-formed pair is one code point, so only an unpaired surrogate matches.
const LONE_SURROGATE = /\p{Surrogate}/u;

const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800\u{1d159}]/u;

/** Whether PostgreSQL can store the text: no U+0000, and no unpaired surrogate. */
export function isSafeText(text: string): boolean {
  return !text.includes('\u0000') && !LONE_SURROGATE.test(text);
}

/**
 * Whether a reader sees anything of the text. White space, control and format characters, and all that Unicode lets a display
 * ignore (zero-width and bidirectional marks, the byte order mark, Hangul fillers) are invisible; so are two blank symbols: the
 * empty braille pattern and the musical null notehead.
 */
export function isVisibleText(text: string): boolean {
  return VISIBLE.test(text);
}

/** The text in Unicode normalization form C, so `é` typed as one character or as two is found and compared as the same. */
export function normalizeText(text: string): string {
  return text.normalize('NFC');
}

const SPACES = /[\p{White_Space}\uFEFF]+/gu;

/** The same with one space wherever white space is, and none around it: as a reader sees a text of one line. */
export function tidyText(text: string): string {
  return normalizeText(text).replace(SPACES, ' ').replace(/^ | $/g, '');
}

/** How much of a text that somebody else wrote a refusal repeats. */
const MOST_SHOWN = 100;

/** The beginning of somebody else's text, for a sentence about it. */
export function shown(text: string): string {
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN).toWellFormed()}…`;
}
