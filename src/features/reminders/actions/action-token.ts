import { stringify } from 'uuid';
import type { MessageSigner } from '../../../kit/sealed-box.js';

/** Which ring a link answers, and until when. */
export interface Addressed {
  readonly accountId: string;
  readonly occurrenceId: string;
  readonly expiresAt: Date;
}

const UUID_BYTES = 16;
const TIME_BYTES = 4;
const BODY_BYTES = 2 * UUID_BYTES + TIME_BYTES;
const TOKEN = /^[\w-]{70}$/;

/** 52 bytes in base64url: the account, the ring, the last second as a 32-bit number, and their signature. */
export function tokenOf({ accountId, occurrenceId, expiresAt }: Addressed, signer: MessageSigner): string {
  const body = Buffer.alloc(BODY_BYTES);
  body.write(accountId.replaceAll('-', '') + occurrenceId.replaceAll('-', ''), 'hex');
  body.writeUInt32BE(Math.floor(expiresAt.getTime() / 1_000), 2 * UUID_BYTES);
  return Buffer.concat([body, signer.sign(body)]).toString('base64url');
}

/** The content of a token, or null if its signature is wrong. */
export function readToken(token: string, signer: MessageSigner): Addressed | null {
  if (!TOKEN.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  const body = bytes.subarray(0, BODY_BYTES);
  if (!signer.isSigned(body, bytes.subarray(BODY_BYTES))) return null;
  return {
    accountId: stringify(body, 0),
    occurrenceId: stringify(body, UUID_BYTES),
    expiresAt: new Date(body.readUInt32BE(2 * UUID_BYTES) * 1_000),
  };
}
