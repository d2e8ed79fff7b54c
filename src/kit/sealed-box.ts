import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const MAC_BYTES = 16;
const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;

/** The text cannot be opened: it is damaged, belongs to another context, or its key is missing. */
export class SealedBoxError extends Error {
  override name = 'SealedBoxError';
}

/**
 * Seals secrets at rest with AES-256-GCM (NIST SP 800-38D). The first key encrypts; every key of the list still decrypts what
 * it encrypted, so keys can be rotated without rewriting all rows.
 *
 * A sealed text is `v1.<key id>.<base64url of the 12-byte IV>.<base64url of ciphertext and tag>`. The context, say the
 * table, column and row, is authenticated but not stored: a sealed text that is copied into another row cannot be opened there.
 */
export class KeyRing {
  readonly #current: { id: string; key: Buffer };
  readonly #keys: ReadonlyMap<string, Buffer>;

  /** Throws RangeError, with no key in its message, when there is no key, an id repeats, or a key is not 32 bytes. */
  constructor(keys: readonly { id: string; key: Buffer }[]) {
    const [current] = keys;
    if (!current) throw new RangeError('A key ring needs at least one key.');
    keys.forEach(({ id, key }, index) => {
      if (!KEY_ID.test(id)) throw new RangeError(`The id of key ${index + 1} is not 1 to 32 letters, digits, _ or -.`);
      if (key.length !== KEY_BYTES) throw new RangeError(`Key ${index + 1} is not ${KEY_BYTES} bytes long.`);
    });
    this.#current = current;
    this.#keys = new Map(keys.map(({ id, key }) => [id, key]));
    if (this.#keys.size !== keys.length) throw new RangeError('Two keys of the ring have the same id.');
  }

  /** The text, sealed with the current key for this context; the result differs each time. */
  seal(plain: string, context: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#current.key, iv).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return ['v1', this.#current.id, iv.toString('base64url'), sealed.toString('base64url')].join('.');
  }

  /** A signer for one purpose; it does not accept signatures made for another purpose. */
  signer(purpose: string): MessageSigner {
    const keys = [...this.#keys.values()];
    return new MessageSigner(keys.map((key) => Buffer.from(hkdfSync('sha256', key, '', purpose, KEY_BYTES))));
  }

  /** The text that `seal` was given with the same context. Throws SealedBoxError otherwise. */
  open(sealed: string, context: string): string {
    const { keyId, iv, ciphertext, tag } = split(sealed);
    const key = this.#keys.get(keyId);
    if (!key) throw new SealedBoxError(`The key ring has no key ${keyId}: put it back behind the current one.`);
    try {
      const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(context)).setAuthTag(tag);
      return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
    } catch {
      throw new SealedBoxError(
        `The sealed text was changed, belongs elsewhere, or key ${keyId} is not the one it had.`,
      );
    }
  }
}

/**
 * Signs short messages with HMAC-SHA256 (RFC 2104), cut to 16 bytes, under keys that are derived from a ring for one
 * purpose (HKDF, RFC 5869): the first key signs, and signatures of every key of the list are accepted.
 */
export class MessageSigner {
  readonly #keys: readonly Buffer[];

  constructor(keys: readonly Buffer[]) {
    this.#keys = keys;
  }

  sign(message: Buffer): Buffer {
    return macOf(this.#keys[0] ?? Buffer.alloc(0), message);
  }

  isSigned(message: Buffer, mac: Buffer): boolean {
    return this.#keys.some((key) => {
      const expected = macOf(key, message);
      return mac.length === expected.length && timingSafeEqual(mac, expected);
    });
  }
}

function macOf(key: Buffer, message: Buffer): Buffer {
  return createHmac('sha256', key).update(message).digest().subarray(0, MAC_BYTES);
}

/**
 * A key ring from its text: `id:key,id2:key2`, each key 32 bytes in base64, the current one first; or one bare key,
 * whose id is then `k1`. Throws RangeError that names the place and never the key.
 */
export function parseKeyRing(text: string): KeyRing {
  const entries = text.split(',').map((entry) => entry.trim());
  return new KeyRing(entries.map((entry, index) => parseKey(entry, index, entries.length)));
}

function parseKey(entry: string, index: number, count: number): { id: string; key: Buffer } {
  const parts = entry.split(':');
  const bare = parts.length === 1 && count === 1;
  if (parts.length !== 2 && !bare) throw new RangeError(`Key ${index + 1} is not written as id:key.`);
  const [id = '', base64 = ''] = bare ? ['k1', entry] : parts;
  const key = Buffer.from(base64, 'base64');
  const isBase64 = key.toString('base64').replace(/=+$/, '') === base64.replace(/=+$/, '');
  if (!isBase64 || key.length !== KEY_BYTES) {
    throw new RangeError(`Key ${index + 1} is not ${KEY_BYTES} bytes in base64; make one: openssl rand -base64 32.`);
  }
  return { id, key };
}

function split(sealed: string): { keyId: string; iv: Buffer; ciphertext: Buffer; tag: Buffer } {
  const [version, keyId = '', iv = '', body = '', ...rest] = sealed.split('.');
  const bytes = Buffer.from(body, 'base64url');
  const nonce = Buffer.from(iv, 'base64url');
  const isWhole = version === 'v1' && KEY_ID.test(keyId) && rest.length === 0;
  if (!isWhole || nonce.length !== IV_BYTES || bytes.length < TAG_BYTES) {
    throw new SealedBoxError('This is no sealed text.');
  }
  return { keyId, iv: nonce, ciphertext: bytes.subarray(0, -TAG_BYTES), tag: bytes.subarray(-TAG_BYTES) };
}
