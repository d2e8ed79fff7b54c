// Under the u flag a well-formed pair is one code point, so only a lone half matches.
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Whether PostgreSQL can store the text: no U+0000, and no half of a surrogate pair. */
export function isSafeText(text: string): boolean {
  return !text.includes('\u0000') && !LONE_SURROGATE.test(text);
}

/** The text in Unicode normalization form C, so `é` typed in one key or in two is found and compared as one. */
export function normalizeText(text: string): string {
  return text.normalize('NFC');
}
