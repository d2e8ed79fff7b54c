import { createHash, randomBytes } from 'node:crypto';

interface KeySecret {
  /** `kith_` and 32 random bytes in base64url. */
  readonly secret: string;
  readonly prefix: string;
  readonly secretHash: Buffer;
}

export function newKeySecret(): KeySecret {
  const secret = `kith_${randomBytes(32).toString('base64url')}`;
  return { secret, prefix: secret.slice(0, 12), secretHash: hashOfKey(secret) };
}

export function hashOfKey(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
