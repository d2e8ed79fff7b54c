import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { KeyRing, parseKeyRing, SealedBoxError } from '../../src/kit/sealed-box.js';

const key = (fill: number): Buffer => Buffer.alloc(32, fill);
const base64 = (fill: number): string => key(fill).toString('base64');
const ring = new KeyRing([{ id: 'k1', key: key(1) }]);

describe('KeyRing', () => {
  it('opens what it sealed, in the same context only', () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(
      fc.property(texts, fc.string(), fc.string(), (plain, context, other) => {
        fc.pre(Buffer.from(context).compare(Buffer.from(other)) !== 0);
        const sealed = ring.seal(plain, context);
        expect(ring.open(sealed, context)).toBe(plain);
        expect(() => ring.open(sealed, other)).toThrow(SealedBoxError);
      }),
      { numRuns: 500 },
    );
  });

  it('writes v1, the key, the IV and the ciphertext with its tag', () => {
    const sealed = ring.seal('secret', 'webhooks.secret');
    expect(sealed).toMatch(/^v1\.k1\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{30}$/);
    expect(ring.seal('secret', 'webhooks.secret')).not.toBe(sealed);
  });

  it('seals with the first key and opens with every key', () => {
    const old = ring.seal('secret', 'c');
    const rotated = new KeyRing([
      { id: 'k2', key: key(2) },
      { id: 'k1', key: key(1) },
    ]);
    expect(rotated.open(old, 'c')).toBe('secret');
    expect(rotated.seal('secret', 'c')).toMatch(/^v1\.k2\./);
    expect(() => ring.open(rotated.seal('secret', 'c'), 'c')).toThrow(/no key k2/);
    expect(() => new KeyRing([{ id: 'k1', key: key(2) }]).open(old, 'c')).toThrow(SealedBoxError);
  });

  it('does not open once a single bit is changed', () => {
    const [version, id, iv = '', body = ''] = ring.seal('a secret of some length', 'c').split('.');
    for (const [part, rebuild] of [
      [iv, (text: string) => [version, id, text, body].join('.')],
      [body, (text: string) => [version, id, iv, text].join('.')],
    ] as const) {
      const bytes = Buffer.from(part, 'base64url');
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(() => ring.open(rebuild(flipped.toString('base64url')), 'c')).toThrow(SealedBoxError);
      }
    }
  });

  it.each([
    '',
    'v1',
    'v1.k1',
    'v1.k1..',
    'v2.k1.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA',
    'v1.k1.AAAA.AAAAAAAAAAAAAAAAAAAAAA',
    'v1.k1.AAAAAAAAAAAAAAAA.AAAA',
    'v1.k1.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA.x',
    'v1.k 1.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA',
  ])('says that %j is no sealed text', (sealed) => expect(() => ring.open(sealed, 'c')).toThrow(/no sealed text/));

  it('shows no key when it is printed', () => {
    const secret = randomBytes(32);
    const printed = inspect(new KeyRing([{ id: 'k1', key: secret }]), { depth: 9, showHidden: true });
    expect(printed).not.toContain(secret.toString('hex').slice(0, 8));
    expect(JSON.stringify(new KeyRing([{ id: 'k1', key: secret }]))).toBe('{}');
    expect(printed).not.toMatch(/Buffer|<[0-9a-f]{2} /);
  });
});

describe('parseKeyRing', () => {
  it('takes keys with ids, the current one first, or one bare key', () => {
    const sealed = ring.seal('secret', 'c');
    expect(parseKeyRing(`k2:${base64(2)}, k1:${base64(1)}`).open(sealed, 'c')).toBe('secret');
    expect(parseKeyRing(`k2:${base64(2)},k1:${base64(1)}`).seal('secret', 'c')).toMatch(/^v1\.k2\./);
    expect(parseKeyRing(base64(1)).open(sealed, 'c')).toBe('secret');
    expect(parseKeyRing(base64(1).replace('=', '')).open(sealed, 'c')).toBe('secret');
  });

  const material = base64(7);
  it.each([
    '',
    ',',
    'k1',
    'k1:',
    `${material},${material}`,
    `k1:${material},${material}`,
    `k1:${material}:x`,
    `${material}:k1`,
    `k1:${material},k1:${base64(8)}`,
    `k1:${material.slice(0, -4)}`,
    `k1:${material.slice(0, -2)}!=`,
    `k1:${material}AAAA`,
    `bad id:${material}`,
  ])('refuses %j without repeating it', (text) => {
    expect(() => parseKeyRing(text)).toThrow(RangeError);
    expect(() => parseKeyRing(text)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(material.slice(0, 12)) }),
    );
  });

  it('needs keys of 32 bytes', () => {
    expect(() => new KeyRing([])).toThrow(RangeError);
    expect(() => new KeyRing([{ id: 'k1', key: Buffer.alloc(16) }])).toThrow(/not 32 bytes/);
  });
});
