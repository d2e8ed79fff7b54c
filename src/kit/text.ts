// With the u flag a well-formed pair is one code point, so only an unpaired surrogate matches.
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Whether PostgreSQL can store the text: no U+0000, and no unpaired surrogate. */
export function isSafeText(text: string): boolean {
  return !text.includes('\u0000') && !LONE_SURROGATE.test(text);
}

/** The text in Unicode normalization form C, so `é` typed as one character or as two is found and compared as the same. */
export function normalizeText(text: string): string {
  return text.normalize('NFC');
}
