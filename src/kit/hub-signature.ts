import { createHmac, timingSafeEqual } from 'node:crypto';

const SIGNATURE = /^sha256=([0-9a-f]{64})$/i;

/**
 * The 32 bytes of a header `X-Hub-Signature-256`, which has `sha256=` and 64 hexadecimal digits; null for anything else.
 *
 * Source: GitHub, "Validating webhook deliveries"; the older `X-Hub-Signature` (SHA-1) is not accepted.
 */
export function hubSignature(header: unknown): Buffer | null {
  const [, digits] = typeof header === 'string' ? (SIGNATURE.exec(header) ?? []) : [];
  return digits === undefined ? null : Buffer.from(digits, 'hex');
}

/** Whether a signature is the HMAC-SHA256 (RFC 2104) of exactly these bytes with one of the secrets. The time it takes tells nothing. */
export function isHubSigned(body: Buffer, signature: Buffer, secrets: readonly string[]): boolean {
  const matches = secrets.map((secret) => {
    const expected = createHmac('sha256', secret).update(body).digest();
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  });
  return matches.includes(true);
}
