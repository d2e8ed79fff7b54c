/** Letters that Unicode does not take apart, as people type them on a keyboard that lacks them. */
const PLAIN: Readonly<Record<string, string>> = {
  ı: 'i',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ħ: 'h',
};

/** A text without its accents and its case, so that `Öztürk` and `ozturk` compare as equal. */
export function fold(text: string): string {
  const bare = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  return bare.replace(/[ıßøłđðþæœħ]/g, (letter) => PLAIN[letter] ?? letter).normalize('NFC');
}

/** The letters and digits of a text, folded: `E-Mail-Adresse` and `e mail adresse` are one name of a column. */
export function foldName(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]+/gu, '');
}
