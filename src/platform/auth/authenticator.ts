import type { Actor } from '../actor/actor.js';

/** Finds the actor of a key. The accounts feature implements it for the platform. */
export abstract class Authenticator {
  /** The actor of a bearer token, or null when no valid key has this secret. */
  abstract authenticate(token: string): Promise<Actor | null>;
}
