import { createHash, timingSafeEqual } from 'node:crypto';

const MAC_BYTES = 16;

/**
 * A page cursor: the sort values of a row, signed so that only cursors of this installation are accepted.
 *
 * The text is base64url without padding of `mac || payload`. The payload is the JSON array of the values, texts or nulls, in the
 * spelling of PostgreSQL (`["a", "b"]`); the mac is the first 16 bytes of `sha256(key || sha256(key || payload))`, the
 * nested form because PostgreSQL has sha256 but no hmac, and plain `sha256(key || payload)` is open to
 * length extension. `cursorSql` computes the same inside the database. The payload is readable and holds nothing secret.
 */
export function sealCursor(values: readonly (string | null)[], key: Buffer): string {
  const payload = Buffer.from(`[${values.map((value) => JSON.stringify(value)).join(', ')}]`);
  return Buffer.concat([macOf(payload, key), payload]).toString('base64url');
}

/** The values in a text, without a check that it was sealed by us. */
export function peekCursor(cursor: string): (string | null)[] | null {
  const sealed = Buffer.from(cursor, 'base64url');
  try {
    const values: unknown = JSON.parse(sealed.subarray(MAC_BYTES).toString());
    return isTexts(values) ? values : null;
  } catch {
    return null;
  }
}

/** The values in a cursor, or null when this key did not seal it or it is not a cursor. */
export function openCursor(cursor: string, key: Buffer): (string | null)[] | null {
  const sealed = Buffer.from(cursor, 'base64url');
  if (sealed.length <= MAC_BYTES || sealed.toString('base64url') !== cursor) return null;
  const payload = sealed.subarray(MAC_BYTES);
  if (!timingSafeEqual(sealed.subarray(0, MAC_BYTES), macOf(payload, key))) return null;
  const values: unknown = JSON.parse(payload.toString());
  return isTexts(values) ? values : null;
}

/**
 * An SQL expression (PostgreSQL 15, builtin functions only) that seals a cursor as `sealCursor` does.
 *
 * @param payloadSql an expression of type text: `json_build_array(…)::text` over values of type text. It appears twice.
 * @param keySql an expression of type bytea, preferably a parameter (`$3::bytea`). It appears twice.
 */
export function cursorSql(payloadSql: string, keySql: string): string {
  const payload = `convert_to(${payloadSql}, 'UTF8')`;
  const mac = `substring(sha256(${keySql} || sha256(${keySql} || ${payload})) from 1 for ${MAC_BYTES})`;
  // `translate` drops characters without a replacement: the padding, and the line break that `encode` puts after 76 characters.
  return `translate(encode(${mac} || ${payload}, 'base64'), E'+/=\\n', '-_')`;
}

function macOf(payload: Buffer, key: Buffer): Buffer {
  return sha256(key, sha256(key, payload)).subarray(0, MAC_BYTES);
}

function sha256(key: Buffer, message: Buffer): Buffer {
  return createHash('sha256').update(key).update(message).digest();
}

function isTexts(value: unknown): value is (string | null)[] {
  return Array.isArray(value) && value.every((item) => item === null || typeof item === 'string');
}
