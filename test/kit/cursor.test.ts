import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { cursorSql, openCursor, sealCursor } from '../../src/kit/cursor.js';

const KEY = Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex');
const values = fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 });

describe('cursors', () => {
  it('open to what was sealed, with the same key only', () => {
    fc.assert(
      fc.property(values, fc.uint8Array({ minLength: 32, maxLength: 32 }), (row, other) => {
        fc.pre(!KEY.equals(other));
        const cursor = sealCursor(row, KEY);
        expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(openCursor(cursor, KEY)).toEqual(row);
        expect(openCursor(cursor, Buffer.from(other))).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it('do not open once a single bit is changed', () => {
    const bytes = Buffer.from(sealCursor(['2026-11-23T08:00:00.000Z', 'id'], KEY), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(openCursor(flipped.toString('base64url'), KEY)).toBeNull();
    }
  });

  it.each([
    '',
    'AAAA',
    'not base64!',
    `${sealCursor(['a'], KEY)}=`,
    ` ${sealCursor(['a'], KEY)}`,
    `${sealCursor(['a'], KEY)}AAAA`,
  ])('are none when they read %j', (text) => expect(openCursor(text, KEY)).toBeNull());

  it('hold nothing but texts, even when the mac is right', () => {
    const payload = Buffer.from('[1, "a"]');
    const inner = createHash('sha256').update(KEY).update(payload).digest();
    const mac = createHash('sha256').update(KEY).update(inner).digest().subarray(0, 16);
    expect(openCursor(Buffer.concat([mac, payload]).toString('base64url'), KEY)).toBeNull();
  });

  it.each([
    [[], '[]'],
    [['a'], '["a"]'],
    [['a', 'b'], '["a", "b"]'],
    [['"\\/\b\f\n\r\t\u0001\u001f\u007f'], '["\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\u007f"]'],
    [['é😀\u2028'], '["é😀\u2028"]'],
  ])('spell %j as json_build_array does', (row, payload) => {
    expect(Buffer.from(sealCursor(row, KEY), 'base64url').subarray(16).toString()).toBe(payload);
  });
});

describe('cursorSql', () => {
  it('is one expression of builtin functions', () => {
    expect(cursorSql('json_build_array(name, id::text)::text', '$3::bytea')).toBe(
      'translate(encode(substring(sha256($3::bytea || sha256($3::bytea || ' +
        "convert_to(json_build_array(name, id::text)::text, 'UTF8'))) from 1 for 16) || " +
        "convert_to(json_build_array(name, id::text)::text, 'UTF8'), 'base64'), E'+/=\\n', '-_')",
    );
  });
});
