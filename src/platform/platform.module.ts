import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { ApolloDriver } from '@nestjs/apollo';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { ScheduleModule } from '@nestjs/schedule';
import type { Pool } from 'pg';
import { DefaultClosed } from './auth/default-closed.js';
import { ScopeGuard } from './auth/scope.guard.js';
import { Clock } from './clock/clock.js';
import { Config } from './config/config.js';
import { Log } from './config/log.js';
import { Database } from './database/database.js';
import { DatabaseAddress, Listener } from './database/listener.js';
import { Wakeups } from './database/wakeups.js';
import { ProblemFilter } from './errors/problem.filter.js';
import { graphqlOptions } from './graphql/graphql.options.js';
import { DocsController } from './http/docs.controller.js';
import { Docs } from './http/docs.js';
import { Health } from './http/health.js';
import { HealthController } from './http/health.controller.js';
import { InputPipe } from './http/input.pipe.js';
import { Ticker } from './jobs/ticker.js';
import { Projection } from './projection/projection.js';

/** What the program is given before any feature exists. */
export interface Ground {
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
  readonly pool: Pool;
  readonly url: string;
}

/** The floor that features stand on. It knows no subject. */
@Module({})
export class PlatformModule {
  static forRoot({ config, log, clock, pool, url }: Ground): DynamicModule {
    const wakeups = new Wakeups(pool);
    const projection = new Projection(config.cursorSecret);
    const given = [
      { provide: Config, useValue: config },
      { provide: Log, useValue: log },
      { provide: Clock, useValue: clock },
      { provide: Wakeups, useValue: wakeups },
      { provide: Projection, useValue: projection },
      { provide: DatabaseAddress, useValue: new DatabaseAddress(url) },
      { provide: Database, useValue: new Database(pool, projection, clock, wakeups) },
    ];
    const graphql = GraphQLModule.forRootAsync<ApolloDriverConfig>({
      driver: ApolloDriver,
      useFactory: () => graphqlOptions(config, log),
    });
    return {
      module: PlatformModule,
      global: true,
      imports: [DiscoveryModule, ScheduleModule.forRoot(), graphql],
      controllers: [HealthController, DocsController],
      providers: [
        ...given,
        Listener,
        Ticker,
        Health,
        Docs,
        DefaultClosed,
        { provide: APP_GUARD, useClass: ScopeGuard },
        { provide: APP_PIPE, useClass: InputPipe },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
      exports: [...given.map(({ provide }) => provide), Ticker],
    };
  }
}
