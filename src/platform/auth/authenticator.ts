import type { Actor } from '../actor/actor.js';
import { topic } from '../database/topics.js';

/** A key or the settings of its account have changed, so actors that were cached are out of date. */
export const ACTORS = topic('actors');

/** Finds the actor of a key. The accounts feature implements it for the platform. */
export abstract class Authenticator {
  /** The actor of a bearer token, or null when no valid key has this secret. */
  abstract authenticate(token: string): Promise<Actor | null>;
}
