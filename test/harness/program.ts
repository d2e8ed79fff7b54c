import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { GraphQLSchema } from 'graphql';
import type { Pool } from 'pg';
import supertest from 'supertest';
import type { Test } from 'supertest';
import type { features } from '../../src/app/app.module.js';
import { createProgram } from '../../src/app/program.js';
import { entities, migrations } from '../../src/app/data-source.js';
import { InstallationService } from '../../src/features/accounts/installation.service.js';
import { Config } from '../../src/platform/config/config.js';
import { Log } from '../../src/platform/config/log.js';
import type { TextLaneSwitch } from '../../src/platform/graphql/lane/operations.plugin.js';
import { connect, dataSource, idlePool } from '../../src/platform/database/source.js';
import { brokenPromises } from './broken-promises.js';
import { freshDatabase } from './databases.js';
import type { TestDatabase } from './databases.js';
import { Pooler } from './pooler.js';
import { RestWatch } from './rest-watch.js';
import { Rows } from './rows.js';
import { unboundStatements, watchStatements } from './statement-watch.js';
import { TestClock } from './test-clock.js';

const TEST_KEYS = 'test:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';

interface Settings {
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

interface Asked {
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** The whole program in this process, with its own database and a clock that the test sets. */
export class TestProgram {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly address: string,
    /** The test's own connections to the database. */
    readonly pool: Pool,
    readonly clock: TestClock,
    readonly database: TestDatabase,
    /** The key of the first account; empty in a second process. */
    readonly key: string,
    /** Checks every REST answer of this program against its document. */
    readonly rest: RestWatch,
    private readonly end: () => Promise<void>,
  ) {}

  static async start(settings: Settings = {}): Promise<TestProgram> {
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
    watchStatements();
    const pool = await connect(source);
    const own = idlePool(database.url);
    // Another program of the same test may drop the database while this pool still has idle connections to it.
    own.on('error', () => undefined);
    const log = new Log(config.logLevel);
    const textLane = settings.textLane ?? { on: true };
    const dependencies = { config, log, clock, pool, url: database.url, textLane };
    const app = await createProgram(dependencies, settings.features);
    const rest = new RestWatch(app, settings.features === undefined);
    await app.listen(0, '127.0.0.1');
    const key = (await app.get(InstallationService).open()) ?? '';
    await own.query(`update accounts set time_zone = 'UTC' where name = 'My career'`);
    const end = async (): Promise<void> => {
      await app.close();
      await own.end();
      await source.destroy();
      await pooler?.stop();
      if (!settings.database) await database.drop();
    };
    return new TestProgram(app, await app.getUrl(), own, clock, database, key, rest, end);
  }

  /** A request to REST, as the first account unless another key is given. */
  ask(method: 'get' | 'post' | 'patch' | 'put' | 'delete', path: string, asked: Asked = {}): Test {
    const { key = this.key, headers = {}, body } = asked;
    const request = supertest(this.app.getHttpServer())
      [method](path)
      .set('authorization', `Bearer ${key}`)
      .set(headers);
    return body === undefined ? request : request.send(body);
  }

  /** A request to GraphQL, as the first account unless another key is given. */
  graphql(query: string, variables: object = {}, { key = this.key, headers = {} }: Omit<Asked, 'body'> = {}): Test {
    return supertest(this.app.getHttpServer())
      .post('/graphql')
      .set('authorization', `Bearer ${key}`)
      .set(headers)
      .send({ query, variables });
  }

  private get isWorker(): boolean {
    return this.app.get(Config).roles.has('worker');
  }

  get schema(): GraphQLSchema {
    return this.app.get(GraphQLSchemaHost).schema;
  }

  /** The key of another account. */
  async anotherAccount(name = 'Someone else'): Promise<string> {
    return (await this.app.get(InstallationService).addAccount(name, 'UTC')).secret;
  }

  /** This program as another account uses it, which sees only its own rows: one for each face of a scenario. */
  async asAnother(): Promise<TestProgram> {
    const other = Object.create(this, { key: { value: await this.anotherAccount() } }) as TestProgram;
    await other.events();
    return other;
  }

  /** Takes away what becomes due, of all accounts, with all that keeps it: nothing of the scenario before is left. */
  async clear(): Promise<void> {
    await this.pool
      .query(`truncate contacts, interactions, interaction_contacts, external_ids, circles, encounters, recruiters, interviews,
      rounds, reminders, occurrences cascade`);
    await this.pool.query(`update accounts set digest = 'off'`);
  }

  /** The types of the events that were recorded since the last call, in order. */
  async events(): Promise<string[]> {
    const { rows } = await this.pool.query<{ type: string; sequence: number }>(
      'select type, sequence from events where sequence > $1 order by sequence',
      [this.seen],
    );
    this.seen = rows.at(-1)?.sequence ?? this.seen;
    return rows.map(({ type }) => type);
  }

  private seen = 0;

  /** @throws Error when an answer broke the REST contract, a statement did not name an account, or `kith doctor` finds something */
  async stop(): Promise<void> {
    const broken = Rows.wereMadeIn(this.pool) ? [] : await brokenPromises(this.app, this.isWorker);
    await this.end();
    if (broken.length > 0) throw new Error(`Promises are broken:\n${broken.join('\n')}`);
    this.rest.assertKept();
    const unbound = unboundStatements();
    if (unbound.length > 0) throw new Error(`These statements name no account:\n${unbound.join('\n')}`);
  }
}
