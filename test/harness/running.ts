import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Pool } from 'pg';
import type { features } from '../../src/app/app.module.js';
import { entities, migrations } from '../../src/app/data-source.js';
import { createProgram } from '../../src/app/program.js';
import { Config } from '../../src/platform/config/config.js';
import { Log } from '../../src/platform/config/log.js';
import { connect, dataSource, idlePool } from '../../src/platform/database/source.js';
import type { TextLaneSwitch } from '../../src/platform/graphql/lane/operations.plugin.js';
import { freshDatabase } from './databases.js';
import type { TestDatabase } from './databases.js';
import { Pooler } from './pooler.js';
import { RestWatch } from './rest-watch.js';
import { filledTables } from './sweep.js';
import { TestClock } from './test-clock.js';

const TEST_KEYS = 'test:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';

export interface Settings {
  /** Additional environment variables for the configuration. */
  readonly env?: Readonly<Record<string, string>>;
  /** An existing database: the program is then a second process of one installation. */
  readonly database?: TestDatabase;
  readonly clock?: TestClock;
  /** The program's features, if they are not the usual ones. */
  readonly features?: typeof features;
  /** Which lane answers GraphQL queries. */
  readonly textLane?: TextLaneSwitch;
}

/** The program in this process, listening, before anything was asked of it. */
export interface Running {
  readonly app: NestFastifyApplication;
  readonly address: string;
  /** The test's own connections to the database. */
  readonly pool: Pool;
  readonly clock: TestClock;
  readonly database: TestDatabase;
  /** Checks every REST answer of this program against its document. */
  readonly rest: RestWatch;
  /** Tables that have rows before there is an account. */
  readonly filled: readonly string[];
  end(): Promise<void>;
}

export async function run(settings: Settings): Promise<Running> {
  const database = settings.database ?? (await freshDatabase());
  const clock = settings.clock ?? new TestClock();
  const pooler = process.env.TEST_POOLER ? await Pooler.before(database.url) : null;
  const config = Config.read({
    DATABASE_URL: pooler?.url ?? database.url,
    ...(pooler ? { DATABASE_DIRECT_URL: database.url } : {}),
    KITH_ENCRYPTION_KEYS: TEST_KEYS,
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    PORT: '0',
    PUBLIC_URL: 'https://kith.test',
    ROLES: 'api',
    RATE_LIMIT_PER_MINUTE: '0',
    WEBHOOK_ALLOW_HTTP: 'true',
    ...settings.env,
  });
  const url = pooler?.url ?? database.url;
  const source = dataSource({ url, pool: config.databasePool, entities, migrations, pooled: pooler !== null });
  const connected = await connect(source);
  const pool = idlePool(database.url);
  // Another program of the same test may drop the database while this pool still has idle connections to it.
  pool.on('error', () => undefined);
  const log = new Log(config.logLevel);
  const textLane = settings.textLane ?? { on: true };
  const dependencies = { config, log, clock, pool: connected, url: database.url, textLane };
  const app = await createProgram(dependencies, settings.features);
  const rest = new RestWatch(app, settings.features === undefined);
  await app.listen(0, '127.0.0.1');
  const end = async (): Promise<void> => {
    await app.close();
    await pool.end();
    await source.destroy();
    await pooler?.stop();
    if (!settings.database) await database.drop();
  };
  const filled = await filledTables(pool);
  return { app, address: await app.getUrl(), pool, clock, database, rest, filled, end };
}
