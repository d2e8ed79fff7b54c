import { jsonDepth, mergePatch, patchBetween } from '../../src/kit/merge-patch.js';

/** RFC 7396, Appendix A. */
const EXAMPLES: readonly (readonly [target: string, patch: string, result: string])[] = [
  ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
  ['{"a":"b"}', '{"a":null}', '{}'],
  ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
  ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
  ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
  ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
  ['["a","b"]', '["c","d"]', '["c","d"]'],
  ['{"a":"b"}', '["c"]', '["c"]'],
  ['{"a":"foo"}', 'null', 'null'],
  ['{"a":"foo"}', '"bar"', '"bar"'],
  ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
  ['[1,2]', '{"a":"b","c":null}', '{"a":"b"}'],
  ['{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
];

describe('JSON Merge Patch', () => {
  it.each(EXAMPLES)('%s with %s is %s', (target, patch, result) => {
    expect(mergePatch(JSON.parse(target), JSON.parse(patch))).toEqual(JSON.parse(result));
  });

  it.each([
    ['{"a":1,"b":{"c":2,"d":3}}', '{"b":{"c":4}}'],
    ['{"a":{"b":1}}', '{"a":[1]}'],
    ['{"a":[1]}', '{"a":{"b":1}}'],
    ['{}', '{"a":{"b":{}}}'],
    ['{"a":1}', '{}'],
  ])('a patch makes %s into %s', (from, to) => {
    const [before, after] = [JSON.parse(from) as object, JSON.parse(to) as object];
    expect(mergePatch(before, patchBetween(before, after))).toEqual(after);
  });

  it('is deep as its deepest value', () => {
    expect([1, {}, { a: [] }, { a: [{ b: null }] }].map(jsonDepth)).toEqual([0, 1, 2, 3]);
  });

  it('adds no prototype', () => {
    const merged = mergePatch({}, JSON.parse('{"__proto__":{"polluted":true}}')) as object;
    expect([Object.keys(merged), ({} as { polluted?: boolean }).polluted]).toEqual([['__proto__'], undefined]);
  });
});
