import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Docs } from '../platform/http/docs.js';
import { openApiDocument } from '../platform/http/openapi.js';
import { httpAdapter } from '../platform/http/adapter.js';
import type { Ground } from '../platform/platform.module.js';
import { AppModule } from './app.module.js';

/** The whole program on a ground, not listening yet. */
export async function createProgram(ground: Ground): Promise<NestFastifyApplication> {
  const adapter = httpAdapter();
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(ground), adapter, {
    logger: ground.log,
    bodyParser: false,
    abortOnError: false,
  });
  await app.init();
  app.get(Docs).writtenBy(() => openApiDocument(app));
  return app;
}
