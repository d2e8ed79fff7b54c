import { Agent } from 'node:http';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { GraphQLSchema } from 'graphql';
import supertest from 'supertest';
import type { Test } from 'supertest';
import { InstallationService } from '../../src/features/accounts/installation.service.js';
import { Config } from '../../src/platform/config/config.js';
import { brokenPromises } from './broken-promises.js';
import { run } from './running.js';
import type { Running, Settings } from './running.js';
import { Rows } from './rows.js';
import { Standing } from './standing.js';
import { unboundStatements, watchStatements } from './statement-watch.js';
import { empty } from './sweep.js';

/** What becomes due, and what keeps it. */
const DUE = [
  ...[
    'contacts',
    'tags',
    'interactions',
    'interaction_contacts',
    'external_ids',
    'circles',
    'encounters',
    'recruiters',
  ],
  ...['interviews', 'rounds', 'reminders', 'occurrences'],
];

interface Asked {
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** The whole program in this process, with its own database and a clock that the test sets. */
export class TestProgram {
  /** A connection for each request would cost more than many requests do. */
  private readonly connections = new Agent({ keepAlive: true });

  readonly app: Running['app'];
  readonly address: Running['address'];
  readonly pool: Running['pool'];
  readonly clock: Running['clock'];
  readonly database: Running['database'];
  readonly rest: Running['rest'];

  private constructor(
    private readonly running: Running,
    /** The key of the first account; empty in a second process. */
    readonly key: string,
    /** Whether the next file may go on with it. */
    private readonly stands: boolean,
  ) {
    ({
      app: this.app,
      address: this.address,
      pool: this.pool,
      clock: this.clock,
      database: this.database,
      rest: this.rest,
    } = running);
  }

  /** With the usual settings it may be one that another file had, without its rows. */
  static async start(settings: Settings = {}): Promise<TestProgram> {
    const stands = Object.keys(settings).length === 0;
    watchStatements();
    const running = (stands ? await Standing.take() : null) ?? (await run(settings));
    const key = (await running.app.get(InstallationService).open()) ?? '';
    await running.pool.query(`update accounts set time_zone = 'UTC' where name = 'My career'`);
    return new TestProgram(running, key, stands);
  }

  /** A request to REST, as the first account unless another key is given. */
  ask(method: 'get' | 'post' | 'patch' | 'put' | 'delete', path: string, asked: Asked = {}): Test {
    const { key = this.key, headers = {}, body } = asked;
    const request = supertest(this.app.getHttpServer())
      [method](path)
      .agent(this.connections)
      .set('authorization', `Bearer ${key}`)
      .set(headers);
    return body === undefined ? request : request.send(body);
  }

  /** A request to GraphQL, as the first account unless another key is given. */
  graphql(query: string, variables: object = {}, { key = this.key, headers = {} }: Omit<Asked, 'body'> = {}): Test {
    return supertest(this.app.getHttpServer())
      .post('/graphql')
      .agent(this.connections)
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
    await this.empty(...DUE);
    await this.pool.query(`update accounts set digest = 'off'`);
  }

  /** Takes away all rows of these tables, of all accounts, and all that refer to them. */
  async empty(...tables: string[]): Promise<void> {
    await empty(this.pool, tables);
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
    this.connections.destroy();
    if (this.stands && broken.length === 0 && !Rows.wereMadeIn(this.pool)) await Standing.leave(this.running);
    else await this.running.end();
    if (broken.length > 0) throw new Error(`Promises are broken:\n${broken.join('\n')}`);
    this.rest.assertKept();
    const unbound = unboundStatements();
    if (unbound.length > 0) throw new Error(`These statements name no account:\n${unbound.join('\n')}`);
  }
}
