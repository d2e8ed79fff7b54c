import fc from 'fast-check';
import { jsonDepthExceeds, jsonMembersExceed } from '../../src/kit/json-depth.js';

describe('jsonDepthExceeds', () => {
  it.each([
    ['1', 0, false],
    ['[]', 0, true],
    ['[]', 1, false],
    ['{"a":[{"b":[]}]}', 3, true],
    ['{"a":[{"b":[]}]}', 4, false],
    ['[[],[],[]]', 2, false],
    ['"[[[["', 0, false],
    ['["\\"[[[", "\\\\", []]', 1, true],
    ['["\\"[[[", "\\\\", []]', 2, false],
    ['{"[{": "}]"}', 1, false],
    ['["ü[[[😀[[["]', 1, false],
    [']]]]][', 1, false],
    ['["never closed [[[[', 1, false],
    ['["\\', 1, false],
  ])('%j is deeper than %d: %s', (raw, limit, expected) => {
    expect(jsonDepthExceeds(raw, limit)).toBe(expected);
    expect(jsonDepthExceeds(Buffer.from(raw), limit)).toBe(expected);
  });

  it('agrees with the depth of the parsed value', () => {
    const depthOf = (value: unknown): number =>
      typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
    const text = fc.string({ unit: fc.constantFrom('[', ']', '{', '}', '"', '\\', 'a', 'é') });
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 6 },
        text,
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(text, tie('tree'), { maxKeys: 3 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const depth = depthOf(value);
        const raw = JSON.stringify(value, null, 1);
        expect(jsonDepthExceeds(raw, depth)).toBe(false);
        if (depth > 0) expect(jsonDepthExceeds(raw, depth - 1)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('answers a megabyte of brackets at the first level too deep', () => {
    expect(jsonDepthExceeds('['.repeat(1_000_000), 32)).toBe(true);
    expect(jsonDepthExceeds('[]'.repeat(500_000), 32)).toBe(false);
  });
});

it.each([
  ['[1,2,3]', 2, false],
  ['[1,2,3]', 1, true],
  ['{"a":1,"b":[1,2]}', 2, false],
  ['{"a":1,"b":[1,2]}', 1, true],
  ['[",,,","\\",,"]', 1, false],
  ['[",,,","\\",,"]', 0, true],
])('%j has more than %d commas between its values: %s', (raw, limit, expected) => {
  expect(jsonMembersExceed(Buffer.from(raw), limit)).toBe(expected);
});
