import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Pool } from 'pg';
import { Config } from '../config/config.js';
import { DocsController } from '../http/docs.controller.js';
import { Docs } from '../http/docs.js';
import { HealthController } from '../http/health.controller.js';
import { Health } from '../http/health.js';
import { Landing } from './landing.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';
import { PagesController } from './pages.controller.js';
import { StatusBoard } from './status-board.js';

/** The pages for people, probes and Prometheus. Features register gauges on the board. */
@Module({})
export class PagesModule {
  static forRoot(pool: Pool): DynamicModule {
    return {
      module: PagesModule,
      global: true,
      controllers: [HealthController, DocsController, PagesController, MetricsController],
      providers: [
        Health,
        Docs,
        StatusBoard,
        Landing,
        {
          provide: Metrics,
          useFactory: (config: Config, board: StatusBoard, host: HttpAdapterHost) =>
            new Metrics(config, board, pool, host),
          inject: [Config, StatusBoard, HttpAdapterHost],
        },
      ],
      exports: [StatusBoard],
    };
  }
}
