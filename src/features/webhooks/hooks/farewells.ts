import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { Agent, request } from 'undici';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { Log } from '../../../platform/config/log.js';
import { Database } from '../../../platform/database/database.js';
import type { Portion, SharedJob } from '../../../platform/jobs/shared-job.js';
import { SharedWork } from '../../../platform/jobs/shared-work.js';
import { Ticker } from '../../../platform/jobs/ticker.js';
import { guardedConnect } from '../sending/guarded-connect.js';
import { urlRefusal } from '../webhook-url.js';
import { END_HOOKS, FAREWELLS, claimFarewells, endGone, farewellTold, findHooks } from './farewells.sql.js';
import type { Farewell } from './farewells.sql.js';

/** Ends hooks whose targets are gone. Notifies the targets of hooks that were ended here: a `DELETE` to the target's URL. */
@Injectable()
export class Farewells implements OnModuleInit, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly agent: Agent;
  private readonly stop = new AbortController();
  private readonly telling = new Set<Promise<void>>();
  private readonly ending: SharedJob = {
    name: END_HOOKS,
    noun: 'webhook',
    find: (wanted) => findHooks(END_HOOKS, wanted, this.clock.forSql()),
    some: (portions, patienceMs) => this.endSome(patienceMs, portions),
  };
  private readonly farewells: SharedJob = {
    name: FAREWELLS,
    noun: 'webhook',
    find: (wanted) => findHooks(FAREWELLS, wanted, this.clock.forSql()),
    some: (portions, patienceMs) => this.tellSome(patienceMs, portions),
  };

  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
    private readonly shared: SharedWork,
    private readonly log: Log,
  ) {
    const { allowedHosts, timeoutMs } = config.webhooks;
    this.agent = new Agent({ connect: guardedConnect(allowedHosts, timeoutMs), headersTimeout: 0, bodyTimeout: 0 });
  }

  /** There is no signal for this: hooks end seldom, and the ticker runs once a second. */
  onModuleInit(): void {
    this.shared.register(this.ending);
    this.shared.register(this.farewells);
    this.ticker.add({ name: END_HOOKS, run: () => this.endHooks() });
  }

  beforeApplicationShutdown(): void {
    this.stop.abort();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.telling);
    await this.agent.destroy();
  }

  private async endHooks(): Promise<'again' | null> {
    const gone = await this.shared.whole(this.ending, (patienceMs) => this.endSome(patienceMs));
    const untold = await this.shared.whole(this.farewells, (patienceMs) => this.tellSome(patienceMs));
    await Promise.all(this.telling);
    return gone === 0 && untold === 0 ? null : 'again';
  }

  private async endSome(patienceMs: number, portions?: readonly Portion[]): Promise<number> {
    const statement = endGone(this.clock.forSql(), portions);
    return (await this.database.system(statement, patienceMs)).length;
  }

  /** Claims targets, and begins to notify them: a target that takes long delays nobody's claim. */
  private async tellSome(patienceMs: number, portions?: readonly Portion[]): Promise<number> {
    const statement = claimFarewells(this.clock.forSql(), portions);
    const untold = await this.database.system<Farewell>(statement, patienceMs);
    for (const farewell of untold) {
      const told = this.tell(farewell)
        .catch((error: unknown) => this.log.warn(`The hook ${farewell.id} is notified again`, 'Farewells', error))
        .finally(() => this.telling.delete(told));
      this.telling.add(told);
    }
    return untold.length;
  }

  /** Any answer below 500 counts as notified. A missing answer or a server error is tried again. */
  private async tell(farewell: Farewell): Promise<void> {
    const allowed = urlRefusal(farewell.url, this.config.webhooks) === null;
    if (allowed && !(await this.heard(farewell.url))) return;
    await this.database.system(farewellTold(farewell));
  }

  /** Redirects are not followed, and the body of the answer is not read. */
  private async heard(url: string): Promise<boolean> {
    const signal = AbortSignal.any([this.stop.signal, AbortSignal.timeout(this.config.webhooks.timeoutMs)]);
    const headers = { 'user-agent': 'Kith/1 (webhooks)' };
    try {
      const { statusCode, body } = await request(url, { method: 'DELETE', dispatcher: this.agent, signal, headers });
      body.on('error', () => undefined).destroy();
      return statusCode < 500;
    } catch {
      return false;
    }
  }
}
