import type { KeyObject } from 'node:crypto';
import type { KeyRing } from '../../kit/sealed-box.js';
import { newWebhookSecret, signingKey } from '../../kit/webhook-signature.js';
import { isDuration, periodDays } from '../../kit/periods.js';
import { Problem } from '../../platform/errors/problem.js';

/** A secret as the row stores it. */
export interface SealedSecret {
  readonly sealed: string;
  /** RFC 3339. Null for the newest secret, which signs until the next one replaces it. */
  readonly validUntil: string | null;
}

/** A secret as the sender uses it. */
export interface OpenSecret {
  readonly key: KeyObject;
  readonly validUntil: Date | null;
}

const DAY_MS = 86_400_000;
const LONGEST_OVERLAP_MS = 7 * DAY_MS;
const USUAL_OVERLAP = 'PT24H';
/** The most valid secrets. Each adds a signature of 48 bytes to a header that some receivers limit to 1 kB. */
const MOST_SECRETS = 10;

/** Why a text is not a valid overlap of secrets, or null if it is one. */
export function overlapRefusal(text: string): string | null {
  const ms = overlapMs(text);
  return ms === null || ms > LONGEST_OVERLAP_MS
    ? 'must be an ISO 8601 duration of at most 7 days, such as PT24H or P2D, or PT0S for none'
    : null;
}

/** Null if it is not a duration. */
function overlapMs(text: string): number | null {
  if (/^P(0[WD]|T0[HMS])$/.test(text)) return 0;
  return isDuration(text) ? periodDays(text) * DAY_MS : null;
}

/**
 * Puts a new secret before those that are still valid. The secret that it replaces signs until the overlap ends;
 * without an overlap, no older secret signs.
 */
export function rotated(
  ring: KeyRing,
  webhookId: string,
  old: readonly SealedSecret[],
  { now, overlap = USUAL_OVERLAP }: { now: Date; overlap?: string | undefined },
): { secret: string; secrets: SealedSecret[] } {
  const overlapping = overlapMs(overlap) ?? 0;
  const until = new Date(now.getTime() + overlapping).toISOString();
  const valid = old.filter(({ validUntil }) => overlapping > 0 && (validUntil === null || new Date(validUntil) > now));
  if (valid.length >= MOST_SECRETS) {
    throw new Problem(
      'conflict',
      `${MOST_SECRETS} secrets of this webhook are still valid. Wait until one ends, or end them all with overlap PT0S.`,
    );
  }
  const secret = newWebhookSecret();
  const followed = valid.map(({ sealed, validUntil }) => ({ sealed, validUntil: validUntil ?? until }));
  return { secret, secrets: [{ sealed: ring.seal(secret, contextOf(webhookId)), validUntil: null }, ...followed] };
}

/** @throws SealedBoxError when a key is missing from the key ring */
export function opened(ring: KeyRing, webhookId: string, secrets: readonly SealedSecret[]): OpenSecret[] {
  return secrets.map(({ sealed, validUntil }) => ({
    key: signingKey(ring.open(sealed, contextOf(webhookId))),
    validUntil: validUntil === null ? null : new Date(validUntil),
  }));
}

/** A sealed secret can be opened only for this row. */
function contextOf(webhookId: string): string {
  return `webhooks.secrets.${webhookId}`;
}
