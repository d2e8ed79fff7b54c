import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { GraphQLSchema } from 'graphql';
import type { Pool } from 'pg';
import { createProgram } from '../../src/app/program.js';
import { entities, migrations } from '../../src/app/data-source.js';
import { InstallationService } from '../../src/features/accounts/installation.service.js';
import { Config } from '../../src/platform/config/config.js';
import { Log } from '../../src/platform/config/log.js';
import { connect, dataSource } from '../../src/platform/database/source.js';
import { freshDatabase } from './databases.js';
import type { TestDatabase } from './databases.js';
import { TestClock } from './test-clock.js';

const TEST_KEYS = 'test:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';

interface Settings {
  /** More environment for the configuration. */
  readonly env?: Readonly<Record<string, string>>;
  /** A database that is there already: a second process of one installation. */
  readonly database?: TestDatabase;
  readonly clock?: TestClock;
}

/** The whole program in this process, on a database of its own and a clock that obeys. */
export class TestProgram {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly address: string,
    readonly pool: Pool,
    readonly clock: TestClock,
    readonly database: TestDatabase,
    /** Opens the first account; empty in a second process. */
    readonly key: string,
    private readonly end: () => Promise<void>,
  ) {}

  static async start(settings: Settings = {}): Promise<TestProgram> {
    const database = settings.database ?? (await freshDatabase());
    const clock = settings.clock ?? new TestClock();
    const config = Config.read({
      DATABASE_URL: database.url,
      KITH_ENCRYPTION_KEYS: TEST_KEYS,
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
      PORT: '0',
      ROLES: 'api',
      WEBHOOK_ALLOW_HTTP: 'true',
      ...settings.env,
    });
    const source = dataSource({ url: database.url, pool: config.databasePool, entities, migrations });
    const pool = await connect(source);
    const app = await createProgram({ config, log: new Log(config.logLevel), clock, pool, url: database.url });
    await app.listen(0, '127.0.0.1');
    const key = (await app.get(InstallationService).open()) ?? '';
    await pool.query(`update accounts set time_zone = 'UTC' where name = 'My career'`);
    const end = async (): Promise<void> => {
      await app.close();
      await source.destroy();
      if (!settings.database) await database.drop();
    };
    return new TestProgram(app, await app.getUrl(), pool, clock, database, key, end);
  }

  get schema(): GraphQLSchema {
    return this.app.get(GraphQLSchemaHost).schema;
  }

  /** A further account's key. */
  async anotherAccount(name = 'Someone else'): Promise<string> {
    return (await this.app.get(InstallationService).addAccount(name, 'UTC')).secret;
  }

  /** The types of the events recorded since this was last asked, in order. */
  async events(): Promise<string[]> {
    const { rows } = await this.pool.query<{ type: string; sequence: number }>(
      'select type, sequence from events where sequence > $1 order by sequence',
      [this.seen],
    );
    this.seen = rows.at(-1)?.sequence ?? this.seen;
    return rows.map(({ type }) => type);
  }

  private seen = 0;

  stop(): Promise<void> {
    return this.end();
  }
}
