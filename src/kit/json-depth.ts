const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Whether arrays and objects nest more than `limit` deep anywhere in a JSON text, checked before it is parsed:
 * 18 kB of `[` are 18,000 levels, and recursive code that walks the parsed value overflows its stack at 3,000.
 *
 * One pass over the bytes, which stops at the first level that is too deep. Brackets inside strings do not count. UTF-8 needs
 * no decoding, because no byte of a multi-byte character is ASCII. Malformed JSON gets an answer, not an error:
 * the parser refuses it later.
 */
export function jsonDepthExceeds(raw: string | Buffer, limit: number): boolean {
  const bytes = typeof raw === 'string' ? Buffer.from(raw) : raw;
  let depth = 0;
  let inString = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (inString) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === CLOSE_BRACKET || byte === CLOSE_BRACE) depth -= 1;
    else if (byte === OPEN_BRACKET || byte === OPEN_BRACE) {
      depth += 1;
      if (depth > limit) return true;
    }
  }
  return false;
}

/**
 * Whether a JSON text holds more than so many values and names in a row anywhere, counted by its commas. Parsing a megabyte of
 * `{}` takes 80 ms, in which nobody else is served; counting takes one.
 */
export function jsonMembersExceed(raw: Buffer, limit: number): boolean {
  let commas = 0;
  let inString = false;
  for (let index = 0; index < raw.length; index += 1) {
    const byte = raw[index];
    if (inString) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (byte === COMMA) commas += 1;
  }
  return commas > limit;
}
