import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { Agent } from 'undici';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { Ticker } from '../../../platform/jobs/ticker.js';
import { Exchange } from '../sending/exchange.js';
import { guardedConnect } from '../sending/guarded-connect.js';
import { urlRefusal } from '../webhook-url.js';
import { claimFarewells, endGone, farewellTold } from './farewells.sql.js';
import type { Farewell } from './farewells.sql.js';

/** Ends hooks that are gone, and tells the targets of hooks that were dropped here: a `DELETE` to the target's own URL. */
@Injectable()
export class Farewells implements OnModuleInit, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly agent: Agent;
  private readonly underWay = new Set<Exchange>();

  constructor(
    private readonly database: Database,
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
  ) {
    const { allowedHosts, timeoutMs } = config.webhooks;
    this.agent = new Agent({ connect: guardedConnect(allowedHosts, timeoutMs), headersTimeout: 0, bodyTimeout: 0 });
  }

  /** No signal of its own: hooks end seldom, and the ticker looks once a second. */
  onModuleInit(): void {
    this.ticker.add({ name: 'end hooks', topic: 'accounts', run: () => this.endHooks() });
  }

  beforeApplicationShutdown(): void {
    for (const exchange of this.underWay) exchange.interrupt();
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

  /** Whatever it answers, it has heard; only silence and its own failures are tried again. */
  private async tell(farewell: Farewell): Promise<void> {
    if (urlRefusal(farewell.url, this.config.webhooks) === null) {
      const { statusCode } = await this.exchange(farewell.url).outcome;
      if (statusCode === null || statusCode >= 500) return;
    }
    await this.database.system(farewellTold(farewell));
  }

  private exchange(url: string): Exchange {
    const { origin, pathname, search } = new URL(url);
    const exchange = new Exchange(this.config.webhooks.timeoutMs);
    this.underWay.add(exchange);
    void exchange.outcome.then(() => this.underWay.delete(exchange));
    const headers = { 'user-agent': 'Kith/1 (webhooks)' };
    try {
      this.agent.dispatch({ origin, path: pathname + search, method: 'DELETE', headers }, exchange);
    } catch (error) {
      exchange.fail(error);
    }
    return exchange;
  }
}
