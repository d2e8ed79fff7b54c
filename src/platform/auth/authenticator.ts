import type { Actor } from '../actor/actor.js';

/** Knows whose key a secret is. The accounts feature provides it; the platform only asks. */
export abstract class Authenticator {
  /** The actor of a bearer token, or null when no valid key has this secret. */
  abstract authenticate(token: string): Promise<Actor | null>;
}
