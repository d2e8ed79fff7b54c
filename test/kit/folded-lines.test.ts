import { folded } from '../../src/kit/folded-lines.js';
import { promised } from '../harness/figures.js';

describe('folding', () => {
  it('leaves 75 octets alone and folds the 76th', () => {
    expect(folded('x'.repeat(75))).toBe('x'.repeat(75));
    expect(folded('x'.repeat(76))).toBe(`${'x'.repeat(75)}\r\n x`);
    expect(folded('x'.repeat(75 + 74 + 1))).toBe(`${'x'.repeat(75)}\r\n ${'x'.repeat(74)}\r\n x`);
    expect(folded('a\r\n\r\nb\r\n')).toBe('a\r\n\r\nb\r\n');
  });

  it('cuts no character, wherever it stands, and unfolds to what it was', () => {
    for (const character of ['é', '日', '𝕂', '👩‍👩‍👧‍👦']) {
      for (let before = 0; before < 80; before += 1) {
        const text = `${'x'.repeat(before)}${character.repeat(60)}\r\nEND:VEVENT`;
        const lines = folded(text).split('\r\n');
        expect(lines.filter((line) => Buffer.byteLength(line) > 75 || line.includes('\ufffd'))).toEqual([]);
        expect(folded(text).replaceAll('\r\n ', '')).toBe(text);
      }
    }
  });

  it('folds three million characters', () => {
    const text = `${'DESCRIPTION:é and more '.repeat(70)}\r\n`.repeat(2_000);
    const start = performance.now();
    expect(folded(text).length).toBeGreaterThan(text.length);
    promised(performance.now() - start, 1_000);
  });
});
