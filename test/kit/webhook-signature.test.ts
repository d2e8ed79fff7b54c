import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { newWebhookSecret, signWebhook, signWebhookWithAll } from '../../src/kit/webhook-signature.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const ids = fc.uuid().map((id) => `msg_${id}`);
const bodies = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.json({ maxDepth: 2 }));
const now = (): number => Math.floor(Date.now() / 1000);

function verifies(secret: string, id: string, timestamp: number, body: string | Buffer, signature: string): boolean {
  const headers = { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signature };
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}

describe('signWebhook', () => {
  it('signs the example of the Standard Webhooks specification', () => {
    const body = '{"test": 2432232314}';
    expect(signWebhook(SECRET, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, body)).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });

  /** W4 of docs/reliability. */
  it('is accepted by the reference package, 10,000 random bodies of 10,000', () => {
    const secret = newWebhookSecret();
    let accepted = 0;
    fc.assert(
      fc.property(ids, bodies, (id, body) => {
        const timestamp = now();
        const sent = Buffer.from(body).toString();
        expect(verifies(secret, id, timestamp, sent, signWebhook(secret, id, timestamp, sent))).toBe(true);
        accepted += 1;
      }),
      { numRuns: 10_000 },
    );
    expect(accepted).toBe(10_000);
  });

  it('signs the bytes of a buffer as those of the text', () => {
    expect(signWebhook(SECRET, 'msg_1', 1, Buffer.from('{"name":"Jürgen"}'))).toBe(
      signWebhook(SECRET, 'msg_1', 1, '{"name":"Jürgen"}'),
    );
  });

  it('does not verify once anything is changed', () => {
    const secret = newWebhookSecret();
    fc.assert(
      fc.property(ids, bodies, fc.nat(), (id, body, at) => {
        const timestamp = now();
        const signature = signWebhook(secret, id, timestamp, body);
        const bytes = Buffer.from(`${body} `);
        const flipped = Buffer.from(bytes);
        const index = at % bytes.length;
        flipped[index] = (bytes[index] ?? 0) ^ 1;
        expect(verifies(secret, id, timestamp, flipped, signWebhook(secret, id, timestamp, bytes))).toBe(false);
        expect(verifies(secret, `${id}0`, timestamp, body, signature)).toBe(false);
        expect(verifies(secret, id, timestamp + 1, body, signature)).toBe(false);
        expect(verifies(newWebhookSecret(), id, timestamp, body, signature)).toBe(false);
        expect(verifies(secret, id, timestamp, body, signature.replace('v1,', 'v2,'))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['not a secret', 'msg_1', 1],
    ['whsec_!', 'msg_1', 1],
    [`whsec_${Buffer.alloc(23).toString('base64')}`, 'msg_1', 1],
    [`whsec_${Buffer.alloc(65).toString('base64')}`, 'msg_1', 1],
    [`${SECRET}!`, 'msg_1', 1],
    [SECRET, 'msg.1', 1],
    [SECRET, 'msg_1', 1.5],
    [SECRET, 'msg_1', NaN],
  ])('refuses %j, %j, %d without repeating the secret', (secret, id, timestamp) => {
    expect(() => signWebhook(secret, id, timestamp, '{}')).toThrow(RangeError);
    expect(() => signWebhook(secret, id, timestamp, '{}')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(secret) }),
    );
  });
});

describe('rotation', () => {
  it('signs for the old and the new secret, and for no other', () => {
    const [first, second, third] = [newWebhookSecret(), newWebhookSecret(), newWebhookSecret()];
    const timestamp = now();
    const signature = signWebhookWithAll([second, first], 'msg_1', timestamp, '{}');
    expect(signature.split(' ')).toHaveLength(2);
    expect(verifies(first, 'msg_1', timestamp, '{}', signature)).toBe(true);
    expect(verifies(second, 'msg_1', timestamp, '{}', signature)).toBe(true);
    expect(verifies(third, 'msg_1', timestamp, '{}', signature)).toBe(false);
  });

  it('needs a secret', () => expect(() => signWebhookWithAll([], 'msg_1', 1, '{}')).toThrow(RangeError));

  it('makes a new secret of 32 bytes each time', () => {
    const secrets = new Set(Array.from({ length: 100 }, newWebhookSecret));
    expect(secrets.size).toBe(100);
    for (const secret of secrets) expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  });
});
