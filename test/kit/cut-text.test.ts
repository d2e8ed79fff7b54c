import fc from 'fast-check';
import { cutText } from '../../src/kit/cut-text.js';
import { plainLines } from '../../src/kit/plain-text.js';

const CHARACTERS = ['a', 'e\u0301', '👩‍👩‍👧‍👦', '🇩🇪', '漢', '\r\n', '\u200d', '👩\u200d', 'क्षि', '\u0301', '\ud83d', '👍🏽'];
const texts = fc.array(fc.constantFrom(...CHARACTERS), { maxLength: 30 }).map((characters) => characters.join(''));

/** The same by going through every character. */
function cutByAll(text: string, most: number): string {
  let cut = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (cut.length + segment.length > most) return cut;
    cut += segment;
  }
  return cut;
}

it('cuts where the last whole character ends', () => {
  fc.assert(
    fc.property(texts, fc.nat(60), (text, most) => expect(cutText(text, most)).toBe(cutByAll(text, most))),
    { numRuns: 5_000 },
  );
});

/** Each took seconds, in which nobody else was served. */
it.each([
  ['Chinese', '漢'.repeat(100_000)],
  ['spaces inside a line', `x${' '.repeat(79_000)}y`],
  ['joiners', `x${'\u200d'.repeat(79_000)}y`],
  ['joined emoji', '👩\u200d'.repeat(30_000)],
])('a long text of %s is read at once', (_, text) => {
  const { user } = process.cpuUsage();
  plainLines(text, 20_000);
  expect((process.cpuUsage().user - user) / 1_000).toBeLessThan(200);
});

it('leaves joiners out where they are a trick, and in where they belong', () => {
  const { text } = plainLines('\u200dAda\u200d Love\u200c\u200dlace 👩\u200d💻 نمی\u200cخواهم', 1_000);
  expect(text).toBe('Ada Lovelace 👩\u200d💻 نمی\u200cخواهم');
});
