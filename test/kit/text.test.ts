import fc from 'fast-check';
import { isSafeText, normalizeText } from '../../src/kit/text.js';

describe('isSafeText', () => {
  it.each(['', 'Jürgen', '日本語', '👩‍💻', '\u0001\n\t', '\uFFFF'])('takes %j', (text) =>
    expect(isSafeText(text)).toBe(true),
  );

  it.each(['\u0000', 'a\u0000b', '\uD83D', 'a\uDE00', '\uDE00\uD83D', '👩\uD83D'])('refuses %j', (text) =>
    expect(isSafeText(text)).toBe(false),
  );

  it('takes exactly what survives UTF-8 and has no U+0000', () => {
    const units = fc.array(fc.constantFrom('a', '\u0000', '\uD83D', '\uDE00', 'é'), { maxLength: 6 });
    fc.assert(
      fc.property(units, (parts) => {
        const text = parts.join('');
        const survives = Buffer.from(text, 'utf8').toString('utf8') === text;
        expect(isSafeText(text)).toBe(survives && !parts.includes('\u0000'));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('normalizeText', () => {
  it('composes what was typed in two keys', () => {
    expect(normalizeText('Ju\u0308rgen')).toBe('J\u00FCrgen');
    expect(normalizeText('\u1112\u1161\u11AB')).toBe('\uD55C');
  });
});
