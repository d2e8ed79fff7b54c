/** The longest text that is kept of a message, in characters: some ten pages. What is quoted below them was said before. */
export const LONGEST_TEXT = 20_000;
export const LONGEST_SUBJECT = 500;
export const LONGEST_NAME = 200;
/** RFC 5321 §4.5.3.1.3: a path has 256 octets, two of which are brackets. */
export const LONGEST_ADDRESS = 254;
/** RFC 5322 §2.1.1: no line is longer. */
export const LONGEST_MESSAGE_ID = 998;
export const MOST_REFERENCES = 50;
export const MOST_RECIPIENTS = 50;
/** The part of an HTML body that is turned into text, in characters. */
export const LONGEST_HTML = 1_000_000;

/** What reading one mail may cost: milliseconds of computing, milliseconds on a busy machine, and MB in the heap. */
export const READING = { mostMs: 2_000, longestMs: 10_000, mostMb: 128 };
