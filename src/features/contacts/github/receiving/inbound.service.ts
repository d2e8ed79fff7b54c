import { Injectable } from '@nestjs/common';
import { hubSignature, isHubSigned } from '../../../../kit/hub-signature.js';
import { isId } from '../../../../kit/ids.js';
import type { Actor } from '../../../../platform/actor/actor.js';
import { RateLimits } from '../../../../platform/auth/rate-limits.js';
import type { Reply } from '../../../../platform/auth/request.js';
import { Clock } from '../../../../platform/clock/clock.js';
import { Config } from '../../../../platform/config/config.js';
import { Database } from '../../../../platform/database/database.js';
import { Problem } from '../../../../platform/errors/problem.js';
import { InstallationService } from '../../../accounts/installation.service.js';
import { hookOfAddress } from '../github-hooks.sql.js';
import type { OpenedHook } from '../github-hooks.sql.js';
import { acceptedSecrets } from '../hook-secrets.js';
import { readingOf } from './dealing.js';
import { DealingsService } from './dealings.service.js';
import type { Outcome } from './dealings.service.js';
import { Place } from './place.js';

/** What arrives at the address of a hook, before its body. */
export interface Arrival {
  /** The same object for one request. */
  readonly request: object;
  readonly id: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Its body: exactly the bytes, and how they are read once their signature is right. */
export interface SentBody {
  readonly bytes: Buffer;
  readonly read: (bytes: Buffer) => Promise<unknown>;
}

/** What GitHub shows beside the delivery. Whoever administers the repository sees it too, so it tells nothing of contacts. */
interface Answer {
  readonly outcome: 'logged' | 'known' | 'ignored' | 'pong';
  /** Why nothing was logged; null when it was. */
  readonly reason: string | null;
}

/** What a key must be able to do, so that what arrives at a hook of it is logged. */
const WRITES = 'contacts:write';
const ANSWERS: Readonly<Record<Outcome, Answer>> = {
  logged: { outcome: 'logged', reason: null },
  known: { outcome: 'known', reason: 'It was logged before.' },
  stranger: { outcome: 'ignored', reason: 'It is about nobody who is a contact, or should become one.' },
};

/** Takes what GitHub delivers. The signature is the key. */
@Injectable()
export class InboundService {
  private readonly asked = new WeakMap<object, Promise<OpenedHook>>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly rates: RateLimits,
    private readonly installation: InstallationService,
    private readonly dealings: DealingsService,
  ) {}

  /**
   * The hook of an address, found once a request.
   *
   * @throws Problem `unauthenticated` if there is none, or nothing that could be a signature; `too_many_requests`
   */
  hookOf(arrival: Arrival, reply: Reply): Promise<OpenedHook> {
    const known = this.asked.get(arrival.request) ?? this.find(arrival, reply);
    this.asked.set(arrival.request, known);
    return known;
  }

  /**
   * Nothing of the body is read before its signature is known to be right.
   *
   * @throws Problem `unauthenticated` for a wrong signature; `forbidden` when the key of the hook has ended; `invalid_input`, `malformed_body`
   */
  async receive(arrival: Arrival, { bytes, read }: SentBody, reply: Reply): Promise<Answer> {
    const hook = await this.hookOf(arrival, reply);
    const secrets = acceptedSecrets(this.config.keyRing, hook.id, hook.secrets, this.clock.now());
    const signature = hubSignature(arrival.headers['x-hub-signature-256']);
    if (!signature || !isHubSigned(bytes, signature, secrets)) throw unsigned();
    await this.assertStillAllowed(hook);
    const event = headerOf(arrival, 'X-GitHub-Event', /^[a-z][a-z_]{0,99}$/);
    const delivery = headerOf(arrival, 'X-GitHub-Delivery', /^[\w-]{1,100}$/);
    if (event === 'ping') return { outcome: 'pong', reason: null };
    const reading = readingOf(event, new Place(await read(bytes)), hook.login);
    if ('ignored' in reading) return { outcome: 'ignored', reason: reading.ignored };
    return ANSWERS[await this.dealings.log(actorOf(hook), hook, reading, delivery)];
  }

  private async find({ id, headers }: Arrival, reply: Reply): Promise<OpenedHook> {
    if (!hubSignature(headers['x-hub-signature-256']) || !isId(id)) throw unsigned();
    const [hook] = await this.database.system<OpenedHook>(hookOfAddress(id));
    if (!hook) throw unsigned();
    await this.rates.spend({ accountId: hook.accountId, keyId: hook.id }, reply);
    return hook;
  }

  private async assertStillAllowed({ accountId, keyId }: OpenedHook): Promise<void> {
    if (keyId === null || (await this.installation.keyHolds(accountId, keyId, WRITES))) return;
    const detail = `The key of this hook was revoked, has expired or may no longer write contacts. Make a new secret with another key: POST /v1/githubHooks/{id}/secret.`;
    throw new Problem('forbidden', detail);
  }
}

/** For an unknown address too: nobody learns which addresses there are. */
function unsigned(): Problem {
  const detail =
    'There is no such hook, or X-Hub-Signature-256 is not that of this body with its secret. Enter at GitHub the address and the secret that were shown when the hook was made.';
  return new Problem('unauthenticated', detail);
}

/** @throws Problem `invalid_input` that names the header */
function headerOf({ headers }: Arrival, name: string, pattern: RegExp): string {
  const value = headers[name.toLowerCase()];
  if (typeof value === 'string' && pattern.test(value)) return value;
  throw Problem.field(name, 'isOfGithub', `${name} must be as GitHub sends it: ${pattern.source}.`);
}

/** The actor of a hook, which may write only contacts of its account. */
function actorOf({
  accountId,
  id: _,
  login: __,
  addsContacts: ___,
  keyId: ____,
  secrets: _____,
  ...calendar
}: OpenedHook): Actor {
  return { accountId, keyId: null, scopes: [WRITES], calendar };
}
