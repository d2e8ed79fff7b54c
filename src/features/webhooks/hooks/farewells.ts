import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { Agent, request } from 'undici';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { Ticker } from '../../../platform/jobs/ticker.js';
import { guardedConnect } from '../sending/guarded-connect.js';
import { urlRefusal } from '../webhook-url.js';
import { claimFarewells, endGone, farewellTold } from './farewells.sql.js';
import type { Farewell } from './farewells.sql.js';

/** Ends hooks whose targets are gone. Notifies the targets of hooks that were ended here: a `DELETE` to the target's URL. */
@Injectable()
export class Farewells implements OnModuleInit, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly agent: Agent;
  private readonly stop = new AbortController();

  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
  ) {
    const { allowedHosts, timeoutMs } = config.webhooks;
    this.agent = new Agent({ connect: guardedConnect(allowedHosts, timeoutMs), headersTimeout: 0, bodyTimeout: 0 });
  }

  /** There is no signal for this: hooks end seldom, and the ticker runs once a second. */
  onModuleInit(): void {
    this.ticker.add({ name: 'end hooks', run: () => this.endHooks() });
  }

  beforeApplicationShutdown(): void {
    this.stop.abort();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }

  private async endHooks(): Promise<'again' | null> {
    const gone = await this.database.system(endGone(this.clock.forSql()));
    const untold = await this.database.system<Farewell>(claimFarewells(this.clock.forSql()));
    await Promise.all(untold.map((farewell) => this.tell(farewell)));
    return gone.length + untold.length > 0 ? 'again' : null;
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
