import { SystemClock } from '../platform/clock/clock.js';
import type { Config } from '../platform/config/config.js';
import { Log } from '../platform/config/log.js';
import { openEmbedded } from '../platform/database/embedded/embedded-server.js';
import { connect, dataSource, migrate } from '../platform/database/source.js';
import { settleLog } from '../platform/events/log-settling.js';
import type { Dependencies } from '../platform/platform.module.js';
import { entities, migrations } from './data-source.js';

/** The dependencies, with what must be closed after the program. */
export interface OpenDependencies extends Dependencies {
  readonly embedded: boolean;
  close(): Promise<void>;
}

/** Opens the database, embedded when no server is named, and brings its schema up to date. */
export async function openDependencies(config: Config): Promise<OpenDependencies> {
  const log = new Log(config.logLevel);
  const server = config.databaseUrl
    ? null
    : await openEmbedded({ folder: config.dataFolder, log: (sentence) => log.info(sentence, 'Database') });
  const url = server?.url ?? config.databaseUrl ?? '';
  const direct = config.databaseDirectUrl ?? url;
  const source = dataSource({ url, pool: config.databasePool, entities, migrations, pooled: config.pooled });
  const close = async (): Promise<void> => {
    if (source.isInitialized) await source.destroy();
    await server?.close();
  };
  try {
    if (config.pooled) await migrateDirectly(direct);
    const pool = await connect(source);
    if (!config.pooled) await migrate(source);
    await settleLog(pool);
    return { config, log, clock: new SystemClock(), pool, url: direct, embedded: server !== null, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Migrations take turns with a session lock, which a pooler would pass on to other sessions. */
async function migrateDirectly(url: string): Promise<void> {
  const source = dataSource({ url, pool: 2, entities, migrations });
  await connect(source);
  try {
    await migrate(source);
  } finally {
    await source.destroy();
  }
}
