import type { Actor } from '../../platform/actor/actor.js';
import { visibleTypes } from '../../platform/events/visible-types.js';

/**
 * What an endpoint may be sent: what the key that made it may read, for as long as that key lives. Without it, a key for
 * webhooks alone could read everything through an endpoint of its own.
 */
interface Grant {
  readonly keyId: string | null;
  readonly scopes: string[];
  readonly grantedUntil: Date | null;
}

/** @throws Problem `forbidden` when the key may read none of these events */
export function grantFor({ keyId, scopes, expiresAt = null }: Actor, eventTypes: readonly string[]): Grant {
  assertReadable(scopes, eventTypes);
  return { keyId, scopes: [...scopes], grantedUntil: expiresAt };
}

/** @throws Problem `forbidden` when a key with these scopes may read none of these events */
export function assertReadable(scopes: readonly string[], eventTypes: readonly string[]): void {
  visibleTypes({ scopes }, eventTypes);
}
