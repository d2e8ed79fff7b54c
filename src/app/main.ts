import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { InstallationService } from '../features/accounts/installation.service.js';
import { Config, ConfigError } from '../platform/config/config.js';
import { EmbeddedDatabaseError } from '../platform/database/embedded/embedded-database-error.js';
import { DatabaseUnusable } from '../platform/database/source.js';
import { openDependencies } from './dependencies.js';
import { createProgram } from './program.js';
import { greeting } from './greeting.js';

/** Starts the program; `ROLES` chooses what this process does. */
async function main(): Promise<void> {
  const config = Config.read();
  const dependencies = await openDependencies(config);
  const app = await createProgram(dependencies);
  const address = config.roles.has('api') ? await listen(app, config) : null;
  // Last, because the key is shown once: a start that fails earlier must leave the key to the next start.
  const firstKey = await app.get(InstallationService).open();
  process.stdout.write(greeting(address, config, dependencies.embedded, firstKey));
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void app
      .close()
      .then(dependencies.close)
      .then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** A process that is only a worker opens no port. */
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
