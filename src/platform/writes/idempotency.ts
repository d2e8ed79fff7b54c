import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { SealedBoxError } from '../../kit/sealed-box.js';
import type { Actor } from '../actor/actor.js';
import { allResources } from '../contract/resources.js';
import { Clock } from '../clock/clock.js';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { Problem } from '../errors/problem.js';
import { hourly } from '../jobs/hourly.js';
import type { Portion, SharedJob } from '../jobs/shared-job.js';
import { SharedWork } from '../jobs/shared-work.js';
import { Ticker } from '../jobs/ticker.js';
import { JsonText } from '../projection/json-text.js';
import { answerOf, keptOf } from './kept-answer.js';
import type { KeptAnswer, ReadAgain } from './kept-answer.js';
import {
  FORGET_ANSWERS,
  KEPT_HOURS,
  findExpired,
  forgetExpired,
  keepUnder,
  keptUnder,
  lockKey,
} from './idempotency.sql.js';

/** A request that may be repeated: its key and its content. */
export interface IdempotentRequest {
  readonly key: string;
  /** Everything that distinguishes this request from others: method, address and body, or operation and variables. */
  readonly asked: readonly unknown[];
}

const FORGET_AT_ONCE = 1_000;

/**
 * Answers by idempotency key. The transaction of the request also keeps the answer, so a crash leaves one effect
 * or none. The key's lock detects a request that arrives while the first is running.
 */
@Injectable()
export class Idempotency implements OnModuleInit {
  private readonly job: SharedJob = {
    name: FORGET_ANSWERS,
    noun: 'account',
    find: (wanted) => findExpired(this.clock.forSql(), wanted),
    some: (portions, patienceMs) => this.forget(patienceMs, portions),
  };

  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
    private readonly shared: SharedWork,
  ) {}

  onModuleInit(): void {
    this.shared.register(this.job);
    this.ticker.add({ name: FORGET_ANSWERS, run: hourly(this.clock, () => this.forgetSome()) });
  }

  /**
   * The kept answer of a completed request, or null.
   * @throws Problem `idempotency_in_progress` while the first is running, `idempotency_mismatch` when the key belongs to another request.
   */
  async find(actor: Actor, request: IdempotentRequest): Promise<{ answer: unknown } | null> {
    return this.database.write(actor, async (tx) => {
      const [lock] = await tx.run<{ locked: boolean }>(lockKey(actor.accountId, nameOf(actor, request)));
      if (!lock?.locked) {
        const detail = 'The first request with this idempotency key is still running. Try again shortly.';
        throw new Problem('idempotency_in_progress', detail, [], { 'retry-after': '1' });
      }
      const kept = keptUnder(actor.accountId, nameOf(actor, request), this.clock.forSql());
      const [found] = await tx.run<{ fingerprint: Buffer; answer: string }>(kept);
      if (!found) return null;
      if (found.fingerprint.equals(fingerprintOf(request))) {
        return { answer: await this.answer(actor, this.open(actor, request, found.answer)) };
      }
      const detail = `This idempotency key was used for another request in the last ${KEPT_HOURS} hours. Use a new one.`;
      throw new Problem('idempotency_mismatch', detail);
    });
  }

  async keep(actor: Actor, request: IdempotentRequest, answer: unknown): Promise<void> {
    const sealed = this.config.keyRing.seal(JSON.stringify(keptOf(answer)), contextOf(actor, request));
    const kept = { fingerprint: fingerprintOf(request), answer: sealed, now: this.clock.forSql() };
    await this.database.write(actor, (tx) => tx.run(keepUnder(actor.accountId, nameOf(actor, request), kept)));
  }

  /** @throws Problem `conflict` when nothing is left of the answer but that the request was carried out */
  private async answer(actor: Actor, kept: KeptAnswer): Promise<unknown> {
    if (kept.again) return this.readAgain(actor, kept.again);
    if (kept.done) throw carriedOut('its answer was too large to be kept');
    return answerOf(kept);
  }

  private async readAgain(actor: Actor, { type: name, id, view, created }: ReadAgain): Promise<JsonText> {
    const type = allResources().find((resource) => resource.type.name === name)?.type;
    const read = type && this.database.rows(type, actor).one(id, view);
    const found = await read?.catch(() => null);
    if (found) return new JsonText(found.text, { ...found, created });
    throw carriedOut('what it answered is no longer there');
  }

  private open(actor: Actor, request: IdempotentRequest, sealed: string): KeptAnswer {
    try {
      return JSON.parse(this.config.keyRing.open(sealed, contextOf(actor, request))) as KeptAnswer;
    } catch (error) {
      if (!(error instanceof SealedBoxError)) throw error;
      throw carriedOut('its kept answer can no longer be decrypted');
    }
  }

  /** Deletes one batch. Returns whether there may be more. */
  async forgetSome(): Promise<boolean> {
    const gone = await this.shared.whole(this.job, (patienceMs) => this.forget(patienceMs));
    return gone === null || gone === FORGET_AT_ONCE;
  }

  private async forget(patienceMs: number, portions?: readonly Portion[]): Promise<number> {
    const statement = forgetExpired(this.clock.forSql(), FORGET_AT_ONCE, portions);
    const [done] = await this.database.system<{ gone: number }>(statement, patienceMs);
    return done?.gone ?? 0;
  }
}

function fingerprintOf({ asked }: IdempotentRequest): Buffer {
  return createHash('sha256').update(JSON.stringify(asked)).digest();
}

/**
 * A kept answer belongs to the API key that asked. Another key of the account may hold fewer scopes, and the answer can
 * contain a secret.
 */
function nameOf({ keyId }: Actor, { key }: IdempotentRequest): string {
  return `${keyId ?? ''} ${key}`;
}

function contextOf(actor: Actor, request: IdempotentRequest): string {
  return `kept_answers.answer ${actor.accountId} ${nameOf(actor, request)}`;
}

function carriedOut(why: string): Problem {
  return new Problem('conflict', `The request was carried out, but ${why}. Read the resource instead.`);
}
