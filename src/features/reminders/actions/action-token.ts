import { NIL, stringify } from 'uuid';
import type { MessageSigner } from '../../../kit/sealed-box.js';

/** Which ring a link answers, and until when. */
export interface Addressed {
  readonly accountId: string;
  readonly occurrenceId: string;
  readonly expiresAt: Date;
  /** The key of the endpoint to which it was sent; null where that has none. */
  readonly keyId: string | null;
}

const UUID_BYTES = 16;
const TIME_BYTES = 4;
const BODY_BYTES = 3 * UUID_BYTES + TIME_BYTES;
/** Links of earlier releases name no key. They are of use for their 30 days. */
const OLD_BODY_BYTES = 2 * UUID_BYTES + TIME_BYTES;
const TOKEN = /^([\w-]{70}|[\w-]{91})$/;
const OLD_LENGTH = 70;

/** 68 bytes in base64url: the account, the ring, the last second as a 32-bit number, the key, and their signature. */
export function tokenOf({ accountId, occurrenceId, expiresAt, keyId }: Addressed, signer: MessageSigner): string {
  const body = Buffer.alloc(BODY_BYTES);
  body.write(accountId.replaceAll('-', '') + occurrenceId.replaceAll('-', ''), 'hex');
  body.writeUInt32BE(Math.floor(expiresAt.getTime() / 1_000), 2 * UUID_BYTES);
  body.write((keyId ?? NIL).replaceAll('-', ''), OLD_BODY_BYTES, 'hex');
  return Buffer.concat([body, signer.sign(body)]).toString('base64url');
}

/** The content of a token, or null if its signature is wrong. */
export function readToken(token: string, signer: MessageSigner): Addressed | null {
  if (!TOKEN.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  const length = token.length === OLD_LENGTH ? OLD_BODY_BYTES : BODY_BYTES;
  const body = bytes.subarray(0, length);
  if (!signer.isSigned(body, bytes.subarray(length))) return null;
  const keyId = length === BODY_BYTES ? stringify(body, OLD_BODY_BYTES) : NIL;
  return {
    accountId: stringify(body, 0),
    occurrenceId: stringify(body, UUID_BYTES),
    expiresAt: new Date(body.readUInt32BE(2 * UUID_BYTES) * 1_000),
    keyId: keyId === NIL ? null : keyId,
  };
}
