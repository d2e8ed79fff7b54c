import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/min';

/** `+`, and at most 15 digits (ITU-T E.164 §6.2.1). */
export const E164 = /^\+[1-9]\d{1,14}$/;

/** What somebody typed as a telephone number. */
export interface TypedNumber {
  /** The number in the form of ITU-T E.164, `+442079460958`, without its extension; null for what is no valid number, and for two numbers in one text. */
  readonly number: string | null;
  /**
   * What it is compared by: the number with its extension, `+442079460958 ext. 12`; else its digits without zeros in front, and never with `+`, because a
   * national number may have the digits of an international one. Empty for a text without digits.
   */
  readonly key: string;
}

/** Whether it is a country that has telephone numbers of its own, in two capital letters (ISO 3166-1 alpha-2). */
export function isPhoneRegion(code: string): code is CountryCode {
  return isSupportedCountry(code);
}

const FEWEST_DIGITS = 5;

/** Whether words may be a telephone number, and nothing else: digits and the signs between them, perhaps with `tel:` in front. */
export function isLikeNumber(words: string): boolean {
  const text = words.normalize('NFKC');
  return /^(tel:)?[+\d\s()./\u2010-\u2015-]+$/iu.test(text) && text.replace(/\D/g, '').length >= FEWEST_DIGITS;
}

/** Reads a number. What begins with `+` or `00` is international. Anything else is national and meant for the region; without one it is not understood. */
export function typedNumber(text: string, region: string | null): TypedNumber {
  const bare = plain(text);
  const country = region !== null && isPhoneRegion(region) ? region : null;
  // Of two readings the region's comes first: there 00 may be something else.
  const read = valid(bare, country) ?? (/^00[1-9]/.test(bare) ? valid(bare.replace('00', '+'), null) : null);
  if (!read) return { number: null, key: bare.replace(/\D/g, '').replace(/^0+/, '') };
  return { number: read.number, key: read.ext ? `${read.number} ext. ${read.ext}` : read.number };
}

function valid(bare: string, defaultCountry: CountryCode | null): PhoneNumber | null {
  const read = parsePhoneNumberFromString(bare, { extract: false, ...(defaultCountry ? { defaultCountry } : {}) });
  return read?.isValid() && E164.test(read.number) ? read : null;
}

/**
 * Without what address books and people put around a number: marks that nobody sees, the widths of East Asian characters, a label in front (`Mobile:`, and
 * the `tel:` of RFC 3966), a remark in brackets behind, and brackets around the code of the country. The context of a `tel:` is written in front of it,
 * because the parser reads every other one of them wrongly.
 */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\p{L}[\p{L} ]*[.:]+ ?/u, '')
    .replace(/^([^;]*)(.*);phone-context=(\+\d+)[^;]*/i, '$3 $1$2')
    .replace(/;phone-context=[^;]*/i, '')
    .replace(/ ?\([^()\d]+\)$/, '')
    .replace(/^[([] ?(\+|00)([\d ]{1,8})[)\]]/, '$1$2 ');
}
