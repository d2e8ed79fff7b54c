import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { Config } from '../config/config.js';
import { Problem } from '../errors/problem.js';
import { StatusBoard } from './status-board.js';

/** From a point read to a large file, in seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];

/** The metrics for Prometheus: the process, its requests, its connections, and the gauges that features register on the board. */
@Injectable()
export class Metrics implements OnModuleInit {
  private readonly figures = new Registry();
  private readonly requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Requests answered, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [this.figures],
  });
  private observesProcess = false;

  constructor(
    private readonly config: Config,
    private readonly board: StatusBoard,
    private readonly pool: Pool,
    private readonly host: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    const server: FastifyInstance | undefined = this.host.httpAdapter?.getInstance();
    server?.addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'none';
      this.requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
      done();
    });
  }

  /**
   * The text that Prometheus scrapes.
   * @throws Problem `unauthenticated` without the token of METRICS_TOKEN; `not_found` when there is none and the program
   * listens to other machines.
   */
  async text(authorization: string | undefined): Promise<string> {
    this.judge(authorization);
    this.observeProcess();
    return `${await this.figures.metrics()}${await this.gauges()}`;
  }

  private judge(authorization: string | undefined): void {
    const { metricsToken, host } = this.config;
    if (metricsToken === null) {
      if (isLoopback(host)) return;
      throw new Problem('not_found', 'Metrics are off. Set METRICS_TOKEN to turn them on.');
    }
    if (isSame(authorization ?? '', `Bearer ${metricsToken}`)) return;
    throw new Problem('unauthenticated', 'Send the token of METRICS_TOKEN: `Authorization: Bearer …`.', [], {
      'www-authenticate': 'Bearer realm="kith metrics"',
    });
  }

  /** Created at the first scrape, because it starts a timer for the lag of the event loop. */
  private observeProcess(): void {
    if (this.observesProcess) return;
    this.observesProcess = true;
    collectDefaultMetrics({ register: this.figures });
  }

  /** Read at each scrape into a new registry, so that a missing value is left out instead of keeping its last value. */
  private async gauges(): Promise<string> {
    const figures = new Registry();
    const set = (name: string, help: string, value: number): void =>
      new Gauge({ name, help, registers: [figures] }).set(value);
    const { totalCount, idleCount, waitingCount } = this.pool;
    set('kith_database_connections_in_use', 'Connections of the pool that run something.', totalCount - idleCount);
    set('kith_database_connections_waiting', 'Requests that wait for a connection.', waitingCount);
    for (const { gauge, value } of await this.board.readings().catch(() => [])) {
      if (value !== null)
        set(gauge.name, `${gauge.label}.`, typeof value === 'number' ? value : value.getTime() / 1_000);
    }
    return figures.metrics();
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

/** Compares in constant time. */
function isSame(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
