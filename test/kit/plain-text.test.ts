import { plainLine, plainLines } from '../../src/kit/plain-text.js';

describe('a line', () => {
  it.each<[string, string, string | null]>([
    ['spaces and line feeds', '  a \r\n\t b  ', 'a b'],
    ['marks that turn its direction', 'evil\u202egpj.exe\u202c \u2066x\u2069\u200f', 'evilgpj.exe x'],
    ['zero-width characters', 'a\u200bb\u2060c\ufeffd\u00ade', 'abcde'],
    ['tag characters', `a\u{e0041}\u{e007f}b`, 'ab'],
    ['joiners between Latin letters', 'a\u200db\u200cc', 'abc'],
    ['joiners at its beginning', '\u200d\u200cRita', 'Rita'],
    ['control characters', 'a\u0000b\u0007c\u001bd\u0085e', 'abcd e'],
    ['lone surrogates', 'a\ud800b', 'a\ufffdb'],
    ['nothing to see', '\u200b \u202e\u2800', null],
    ['nothing', '', null],
  ])('is freed of %s', (_, text, plain) => expect(plainLine(text, 100)).toBe(plain));

  it.each([
    '\u{1f469}\u200d\u{1f4bb}',
    '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645',
    '\u0915\u094d\u200d\u0937',
    'C++ \u2192 Rust',
  ])('keeps %s as it is written', (text) => expect(plainLine(text, 100)).toBe(text));

  it('is composed, and cut between characters', () => {
    expect(plainLine('e\u0301', 100)).toBe('\u00e9');
    expect(plainLine(`ab\u{1f469}\u200d\u{1f4bb}`, 5)).toBe('ab');
    expect(plainLine(`a${'\u0301'.repeat(1_000_000)}`, 10)).toBe(null);
  });
});

describe('lines', () => {
  it('keep their line feeds, but no more than one empty line in a row', () => {
    expect(plainLines('\r\na \r\n\r\n\r\n\r\nb\u2028c\td\n', 100)).toEqual({ text: 'a\n\nb\nc\td', isCut: false });
  });

  it('say whether they go on', () => {
    expect(plainLines('abc def', 5)).toEqual({ text: 'abc d', isCut: true });
    expect(plainLines(`ab${' '.repeat(1_000)}`, 5)).toEqual({ text: 'ab', isCut: true });
    expect(plainLines('abcde', 5)).toEqual({ text: 'abcde', isCut: false });
    expect(plainLines('\n\n', 5)).toEqual({ text: null, isCut: false });
  });
});
