import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** A new signing secret in the spelling of Standard Webhooks 1.0: `whsec_` and the base64 of 32 random bytes. */
export function newWebhookSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/**
 * The `webhook-signature` of a message (Standard Webhooks 1.0): `v1,` and the base64 of HMAC-SHA256 over
 * `id.timestamp.body`.
 *
 * @param secret as `newWebhookSecret` spells it, 24 to 64 bytes; otherwise an error that does not repeat it
 * @param id the `webhook-id` header; a full stop in it would make the signed text ambiguous, so it is refused
 * @param timestampSeconds the `webhook-timestamp` header, whole seconds since 1970
 * @param body exactly the bytes that are sent
 */
export function signWebhook(secret: string, id: string, timestampSeconds: number, body: string | Buffer): string {
  if (id.includes('.')) throw new RangeError('A webhook id has no full stop.');
  if (!Number.isSafeInteger(timestampSeconds)) throw new RangeError('A webhook timestamp is in whole seconds.');
  const mac = createHmac('sha256', keyOf(secret)).update(`${id}.${timestampSeconds}.`).update(body).digest('base64');
  return `v1,${mac}`;
}

/** One signature for each secret, separated by spaces: while a secret rotates, receivers with either one can verify. */
export function signWebhookWithAll(
  secrets: readonly string[],
  id: string,
  timestampSeconds: number,
  body: string | Buffer,
): string {
  if (secrets.length === 0) throw new RangeError('A webhook needs at least one secret.');
  return secrets.map((secret) => signWebhook(secret, id, timestampSeconds, body)).join(' ');
}

function keyOf(secret: string): Buffer {
  const base64 = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : '';
  const key = Buffer.from(base64, 'base64');
  if (key.length < 24 || key.length > 64 || key.toString('base64') !== base64) {
    throw new RangeError('A webhook secret is whsec_ and the base64 of 24 to 64 bytes.');
  }
  return key;
}
