import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { InstallationService } from '../features/accounts/installation.service.js';
import { Config, ConfigError } from '../platform/config/config.js';
import { EmbeddedDatabaseError } from '../platform/database/embedded/embedded-database-error.js';
import { DatabaseUnusable } from '../platform/database/source.js';
import type { Dependencies } from '../platform/platform.module.js';
import { openDependencies } from './dependencies.js';
import { createProgram, createWorker } from './program.js';
import { greeting } from './greeting.js';
import { collectSooner } from './heap.js';
import { Stopping } from './stopping.js';

interface Served {
  readonly app: INestApplicationContext;
  readonly address: string;
}

/** Starts the program; `ROLES` chooses what this process does. */
async function main(): Promise<void> {
  collectSooner();
  const stopping = new Stopping((code) => process.exit(code));
  const config = Config.read();
  // With the server of DATABASE_URL nothing is left behind, so that waiting for it can be interrupted at any time.
  if (config.databaseUrl === null) stopping.listen();
  const dependencies = await stopping.step(
    () => openDependencies(config),
    (opened) => () => opened.close(),
  );
  if (config.databaseUrl !== null) stopping.listen();
  const { app, address } = config.roles.has('api')
    ? await serve(stopping, dependencies, config)
    : { app: await stopping.step(() => createWorker(dependencies), closed), address: null };
  // Last, because the key is shown once: a start that fails earlier must leave the key to the next start.
  await stopping.step(
    async () => {
      const firstKey = await app.get(InstallationService).open();
      process.stdout.write(greeting(address, config, dependencies.embedded, firstKey));
    },
    () => null,
  );
}

async function serve(stopping: Stopping, dependencies: Dependencies, config: Config): Promise<Served> {
  const app = await stopping.step(() => createProgram(dependencies), closed);
  const address = await stopping.step(
    () => listen(app, config),
    () => null,
  );
  return { app, address };
}

const closed = (app: INestApplicationContext) => (): Promise<void> => app.close();

async function listen(app: NestFastifyApplication, config: Config): Promise<string> {
  try {
    await app.listen(config.port, config.host);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL'].includes(code)) throw error;
    throw new ConfigError(
      `Port ${config.port} of ${config.host} cannot be listened on (${code}): set PORT or HOST to another.`,
    );
  }
  return app.getUrl();
}

main().catch((error: unknown) => {
  const expected =
    error instanceof ConfigError || error instanceof DatabaseUnusable || error instanceof EmbeddedDatabaseError;
  process.stderr.write(
    expected
      ? `${error.message}\n`
      : `Kith could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(1);
});
