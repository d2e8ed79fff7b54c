import { namesTag, strongVersions, weakVersions } from '../../src/kit/entity-tags.js';

describe('entity tags (RFC 9110 §8.8.3)', () => {
  it.each([
    ['"3.abc_-9"', [3], [3]],
    ['"3"', [3], [3]],
    ['W/"3.abc"', [], [3]],
    ['"1.a", W/"2.b" ,"3.c"', [1, 3], [1, 2, 3]],
    ['"a,b", "4.x"', [4], [4]],
    [',, "5.x",', [5], [5]],
    ['"3.abc-gzip"', [3], [3]],
    ['*', 'any', 'any'],
    [' * ', 'any', 'any'],
    ['"*"', [], []],
    ['"1", *', [1], [1]],
    ['3.abc', [], []],
    ['"3.abc', [], []],
    ['w/"3.abc"', [], []],
    ['"other"', [], []],
    ['"99999999999.x"', [], []],
    ['', [], []],
  ])('%s', (header, strong, weak) => {
    expect([strongVersions(header), weakVersions(header)]).toEqual([strong, weak]);
  });

  it('names a tag by weak comparison, and only the whole of it', () => {
    expect(namesTag('"x", W/"3.abc"', '"3.abc"')).toBe(true);
    expect(namesTag('*', '"3.abc"')).toBe(true);
    expect(namesTag('"x"3.abc""', '"3.abc"')).toBe(false);
  });
});
