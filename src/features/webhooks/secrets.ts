import type { KeyObject } from 'node:crypto';
import type { KeyRing } from '../../kit/sealed-box.js';
import { newWebhookSecret, signingKey } from '../../kit/webhook-signature.js';
import { Problem } from '../../platform/errors/problem.js';

/** A secret as its row keeps it. */
export interface SealedSecret {
  readonly sealed: string;
  /** RFC 3339; null for the newest, which signs until it is followed. */
  readonly validUntil: string | null;
}

/** A secret as the sender uses it. */
export interface OpenSecret {
  readonly key: KeyObject;
  readonly validUntil: Date | null;
}

const OVERLAP_MS = 24 * 3_600_000;
/** Each valid secret adds a signature of 48 bytes to a header that some receivers cap at 1 kB. */
const MOST_SECRETS = 10;

/** A new secret before those that are still valid; the one it follows signs for 24 hours more. */
export function rotated(
  ring: KeyRing,
  webhookId: string,
  old: readonly SealedSecret[],
  now: Date,
): { secret: string; secrets: SealedSecret[] } {
  const until = new Date(now.getTime() + OVERLAP_MS).toISOString();
  const valid = old.filter(({ validUntil }) => validUntil === null || new Date(validUntil) > now);
  if (valid.length >= MOST_SECRETS) {
    throw new Problem(
      'conflict',
      `${MOST_SECRETS} secrets of this webhook are still valid. Each ends 24 hours after its successor was made.`,
    );
  }
  const secret = newWebhookSecret();
  const followed = valid.map(({ sealed, validUntil }) => ({ sealed, validUntil: validUntil ?? until }));
  return { secret, secrets: [{ sealed: ring.seal(secret, contextOf(webhookId)), validUntil: null }, ...followed] };
}

/** Throws SealedBoxError when the ring has lost a key. */
export function opened(ring: KeyRing, webhookId: string, secrets: readonly SealedSecret[]): OpenSecret[] {
  return secrets.map(({ sealed, validUntil }) => ({
    key: signingKey(ring.open(sealed, contextOf(webhookId))),
    validUntil: validUntil === null ? null : new Date(validUntil),
  }));
}

/** A sealed secret opens in this row only. */
function contextOf(webhookId: string): string {
  return `webhooks.secrets.${webhookId}`;
}
