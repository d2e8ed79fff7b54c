import { randomBytes } from 'node:crypto';
import type { KeyRing } from '../../../kit/sealed-box.js';

/** A secret as the row stores it. */
export interface SealedHookSecret {
  readonly sealed: string;
  /** RFC 3339. Null for the newest secret, which is accepted until the next one replaces it. */
  readonly validUntil: string | null;
}

const SECRET_BYTES = 32;
const OVERLAP_MS = 24 * 3_600_000;

interface Rotation {
  readonly now: Date;
  /** Whether the newest secret until now is accepted for another day. */
  readonly keepsOld: boolean;
}

/** Puts a new secret first. Of the older ones only the last is kept: GitHub signs with one. */
export function rotatedSecret(
  ring: KeyRing,
  hookId: string,
  old: readonly SealedHookSecret[],
  { now, keepsOld }: Rotation,
): { secret: string; secrets: SealedHookSecret[] } {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  const validUntil = new Date(now.getTime() + OVERLAP_MS).toISOString();
  const kept = keepsOld ? old.slice(0, 1).map(({ sealed }) => ({ sealed, validUntil })) : [];
  return { secret, secrets: [{ sealed: ring.seal(secret, contextOf(hookId)), validUntil: null }, ...kept] };
}

/**
 * The secrets that are accepted now.
 *
 * @throws SealedBoxError when a key is missing from the key ring
 */
export function acceptedSecrets(
  ring: KeyRing,
  hookId: string,
  secrets: readonly SealedHookSecret[],
  now: Date,
): string[] {
  const valid = secrets.filter(({ validUntil }) => validUntil === null || new Date(validUntil) > now);
  return valid.map(({ sealed }) => ring.open(sealed, contextOf(hookId)));
}

/** A sealed secret can be opened only for this row. */
function contextOf(hookId: string): string {
  return `github_hooks.secrets.${hookId}`;
}
