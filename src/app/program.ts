import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Docs } from '../platform/http/docs.js';
import { Health } from '../platform/http/health.js';
import { openApiDocument } from '../platform/http/openapi.js';
import { httpAdapter } from '../platform/http/adapter.js';
import { showsGraphiql } from '../platform/pages/graphiql.js';
import type { Dependencies } from '../platform/platform.module.js';
import { AppModule, features } from './app.module.js';
import { migrations } from './data-source.js';

/** The whole program, not listening yet. */
export async function createProgram(dependencies: Dependencies, chosen = features): Promise<NestFastifyApplication> {
  const adapter = httpAdapter(dependencies.config.requests);
  showsGraphiql(adapter.getInstance());
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(dependencies, chosen), adapter, {
    logger: dependencies.log,
    bodyParser: false,
    abortOnError: false,
  });
  await app.init();
  app.get(Health).needs(migrations.length);
  app.get(Docs).writtenBy(() => openApiDocument(app));
  return app;
}

/** What a process that is only a worker needs of the program: no routes, no GraphQL schema and no server. */
export function createWorker(dependencies: Dependencies): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(AppModule.forRoot(dependencies), {
    logger: dependencies.log,
    abortOnError: false,
  });
}
