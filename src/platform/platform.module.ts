import { Module } from '@nestjs/common';
import type { DynamicModule, Provider, ValueProvider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { ApolloDriver } from '@nestjs/apollo';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { ScheduleModule } from '@nestjs/schedule';
import type { Pool } from 'pg';
import { DefaultClosed } from './auth/default-closed.js';
import { EndedKeys } from './auth/ended-keys.js';
import { Identification } from './auth/identification.js';
import { KnownScopes } from './auth/known-scopes.js';
import { RateLimits } from './auth/rate-limits.js';
import { ScopeGuard } from './auth/scope.guard.js';
import { Clock } from './clock/clock.js';
import { Config } from './config/config.js';
import { Log } from './config/log.js';
import { Database } from './database/database.js';
import { DatabaseAddress, Listener } from './database/listener.js';
import { SchemaAge } from './database/schema-age.js';
import { TableGrowth } from './database/table-growth.js';
import { MovedRows } from './database/moved-rows.js';
import { Wakeups } from './database/wakeups.js';
import { Doctor } from './doctor/doctor.js';
import { ProblemFilter } from './errors/problem.filter.js';
import { EventsModule } from './events/events.module.js';
import { graphqlOptions } from './graphql/graphql.options.js';
import { TextLaneSwitch, OperationsPlugin } from './graphql/lane/operations.plugin.js';
import { TextLane } from './graphql/lane/text-lane.js';
import { NodesResolver } from './graphql/nodes.resolver.js';
import { NodesService } from './graphql/nodes.service.js';
import { SchemaAnswers } from './graphql/schema-answers.js';
import { Strangers } from './graphql/strangers.js';
import { SubscriptionsModule } from './graphql/subscriptions/subscriptions.module.js';
import { Door } from './http/door.js';
import { InputPipe } from './http/input.pipe.js';
import { AsideStatement } from './jobs/failures.sql.js';
import { Retention } from './jobs/retention.js';
import { SharedWork } from './jobs/shared-work.js';
import { Ticker } from './jobs/ticker.js';
import { PagesModule } from './pages/pages.module.js';
import { Projection } from './projection/projection.js';
import { Batches } from './resources/batch.js';
import { ChangesModule } from './resources/changes/changes.module.js';
import { ExternalIds } from './resources/external-ids.js';
import { SavedFilterLookup } from './resources/saved-filters/saved-filter-lookup.js';
import { SavedFiltersModule } from './resources/saved-filters/saved-filters.module.js';
import { BoundWrites } from './writes/bound-writes.js';
import { Idempotency } from './writes/idempotency.js';
import { Preconditions } from './writes/preconditions.js';
import { WriteInterceptor } from './writes/write.interceptor.js';

/** What the program needs before any feature exists. */
export interface Dependencies {
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
  readonly pool: Pool;
  /** The address of the server itself, for long-lived connections. */
  readonly url: string;
  /** Whether the text lane answers GraphQL queries (default), or only graphql-js. */
  readonly textLane?: TextLaneSwitch;
}

/** The guard, interceptor, pipe and filter of every route and resolver. */
const AROUND: Provider[] = [
  { provide: APP_GUARD, useClass: ScopeGuard },
  { provide: APP_INTERCEPTOR, useClass: WriteInterceptor },
  { provide: APP_PIPE, useClass: InputPipe },
  { provide: APP_FILTER, useClass: ProblemFilter },
];

const OWN = [
  ...[AsideStatement, Listener, DefaultClosed, BoundWrites, NodesService, NodesResolver],
  ...[SchemaAnswers, Strangers, TextLane, OperationsPlugin],
];
/** What the faces and services of features are built on. */
const SHARED = [
  Doctor,
  Door,
  MovedRows,
  Ticker,
  SharedWork,
  Retention,
  SchemaAge,
  TableGrowth,
  Identification,
  KnownScopes,
  EndedKeys,
  RateLimits,
  Idempotency,
  Preconditions,
  ExternalIds,
  Batches,
  SavedFilterLookup,
];

/** The basis of all features. It contains no subject matter. */
@Module({})
export class PlatformModule {
  static forRoot(dependencies: Dependencies): DynamicModule {
    const { config, log, pool } = dependencies;
    const given = givenBy(dependencies);
    const graphql = GraphQLModule.forRootAsync<ApolloDriverConfig>({
      driver: ApolloDriver,
      useFactory: () => graphqlOptions(config, log),
    });
    const pages = PagesModule.forRoot(pool);
    return {
      module: PlatformModule,
      global: true,
      imports: [
        DiscoveryModule,
        ScheduleModule.forRoot(),
        graphql,
        EventsModule,
        ChangesModule,
        SavedFiltersModule,
        SubscriptionsModule,
        pages,
      ],
      providers: [...given, ...OWN, ...SHARED, ...AROUND],
      exports: [...given.map(({ provide }) => provide), graphql, ...SHARED],
    };
  }
}

function givenBy({ config, log, clock, pool, url, textLane = { on: true } }: Dependencies): ValueProvider[] {
  const wakeups = new Wakeups(pool);
  const projection = new Projection(config.cursorSecret, !config.pooled);
  return [
    { provide: Config, useValue: config },
    { provide: Log, useValue: log },
    { provide: Clock, useValue: clock },
    { provide: Wakeups, useValue: wakeups },
    { provide: Projection, useValue: projection },
    { provide: TextLaneSwitch, useValue: textLane },
    { provide: DatabaseAddress, useValue: new DatabaseAddress(url) },
    { provide: Database, useValue: new Database(pool, projection, clock, wakeups, config.connectionsEach) },
  ];
}
