import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { parseInSlices } from '../../src/kit/json-slices.js';

const parse = (text: string): unknown => JSON.parse(text);

/** JSON texts with everything that could be mistaken for structure inside strings and names, and with blanks between. */
const name = fc.string({ unit: fc.constantFrom('"', '\\', ',', ':', '{', '}', '[', ']', 'a', 'ü', ' ') });
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    fc.oneof(name, fc.integer(), fc.constantFrom(null, true, false)),
    fc.array(tie('tree'), { maxLength: 6 }),
    fc.array(fc.tuple(name, tie('tree')), { maxLength: 6 }).map((entries) => Object.fromEntries(entries)),
  ),
}));
const text = fc
  .tuple(tree, fc.integer({ min: 0, max: 3 }))
  .map(([value, blanks]) => JSON.stringify(value, null, blanks));
const piece = fc.integer({ min: 1, max: 40 });

it('finds what a parser finds that takes the text whole, in the same order, wherever it cuts', async () => {
  await fc.assert(
    fc.asyncProperty(text, piece, async (whole, length) => {
      expect(JSON.stringify(await parseInSlices(whole, parse, length))).toBe(JSON.stringify(JSON.parse(whole)));
    }),
    { numRuns: 2_000 },
  );
});

it('refuses what a parser refuses that takes the text whole', async () => {
  const damage = fc.tuple(fc.nat(), fc.constantFrom('', ',', ':', '[', ']', '{', '}', '"', ' ', '0', ',,', '"a":1'));
  await fc.assert(
    fc.asyncProperty(text, damage, piece, async (sound, [place, put], length) => {
      const at = place % sound.length;
      const damaged = sound.slice(0, at) + put + sound.slice(at + 1);
      expect(await outcome(() => parseInSlices(damaged, parse, length))).toBe(await outcome(() => parse(damaged)));
    }),
    { numRuns: 5_000 },
  );
});

async function outcome(find: () => unknown): Promise<string> {
  try {
    return JSON.stringify(await find());
  } catch {
    return 'refused';
  }
}

it.each([
  ['{"a":1,"b":[1,2,3,4],"a":{"c":[]}}', { a: { c: [] }, b: [1, 2, 3, 4] }],
  ['\u{feff}[1,2,3]', [1, 2, 3]],
  ['[                ]', []],
  ['  {                }  ', {}],
])('%j is parsed', async (whole, value) => {
  expect(await parseInSlices(whole, parse, 4)).toEqual(value);
});

it('leaves names to the parser that it refuses, also one that stands far from what makes it so', async () => {
  const careful = (piece: string): unknown => {
    const found = JSON.parse(piece) as Record<string, unknown>;
    if (Object.hasOwn(found, '__proto__')) throw new Error('__proto__');
    const named = Object.hasOwn(found, 'constructor') ? found.constructor : {};
    if (Object.hasOwn(named as object, 'prototype')) throw new Error('constructor');
    return found;
  };
  const long = '0,'.repeat(100);
  for (const whole of [
    `{"a":[${long}1],"__proto__":{"b":1}}`,
    `{"a":1,"__proto__":[${long}1]}`,
    `{"a":1,"constructor":{"c":[${long}1],"prototype":{}}}`,
  ]) {
    await expect(parseInSlices(whole, careful, 10)).rejects.toThrow(/__proto__|constructor/);
  }
  expect(await parseInSlices(`{"constructor":{"c":[${long}1]}}`, careful, 10)).toHaveProperty('constructor.c.0', 0);
});

it('lets others in while it parses names that nobody used before', async () => {
  const objects = Array.from({ length: 490 }, (_, n) =>
    Object.fromEntries(Array.from({ length: 100 }, (_, m) => [`never before ${n} ${m}`, 1])),
  );
  let turns = 0;
  const parsing = parseInSlices(JSON.stringify(objects), (piece) => {
    // As if the machine were slower, so that the number of turns does not depend on it.
    const until = performance.now() + 1;
    while (performance.now() < until);
    return parse(piece);
  }).finally(() => (turns = -turns));
  while (turns >= 0) {
    turns += 1;
    await setImmediate();
  }
  expect(-turns).toBeGreaterThan(5);
  expect(await parsing).toEqual(objects);
});
