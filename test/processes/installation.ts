import pg from 'pg';
import { freshDatabase } from '../harness/databases.js';
import type { TestDatabase } from '../harness/databases.js';
import { Child } from './child.js';
import type { Launch } from './child.js';
import { compiled } from './compiled.js';
import { Receiver } from './receiver.js';
import { HANG_MS, until } from '../harness/until.js';

type Env = Readonly<Record<string, string>>;
type Body = Record<string, unknown>;

interface Answer {
  readonly status: number;
  readonly answer: Body;
}

const KEYS = 'test:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';

/** One installation: a database, its processes, and a receiver beside it. All of it ends with `close`. */
export class Installation {
  private readonly children: Child[] = [];
  /** Where the program that greeted last listens. */
  address = '';
  /** The first key of the installation. */
  key = '';
  private reach: Env = {};

  private constructor(
    readonly database: TestDatabase,
    readonly pool: pg.Pool,
    readonly env: Env,
  ) {}

  /**
   * @param env what all its processes are told
   * @param database where it is, when that is no fresh database of the tests' server
   */
  static async open(env: Env = {}, database?: TestDatabase): Promise<Installation> {
    return Installation.on(database ?? (await freshDatabase()), env);
  }

  private static on(database: TestDatabase, env: Env): Installation {
    const pool = new pg.Pool({ connectionString: database.url, max: 2 });
    // A test may end the server; what it asks then fails by itself.
    pool.on('error', () => undefined);
    const settings = { DATABASE_URL: database.url, DATABASE_POOL: '4', KITH_ENCRYPTION_KEYS: KEYS, LOG_LEVEL: 'warn' };
    return new Installation(database, pool, { ...settings, PORT: '0', ...env });
  }

  /** Runs a compiled file; the environment is the installation's and this. */
  launch(source: string, env: Env = {}, how: Omit<Launch, 'file' | 'env'> = {}): Child {
    const child = new Child({ file: compiled(source), env: { ...this.env, ...this.reach, ...env }, ...how });
    this.children.push(child);
    return child;
  }

  /** A receiver that every process started after it may send to. */
  async receiver(): Promise<Receiver> {
    const receiver = await Receiver.of(this.launch('test/processes/receiver-process.ts', {}, { told: true }));
    this.reach = { WEBHOOK_ALLOW_HTTP: 'true', WEBHOOK_ALLOWED_HOSTS: receiver.host };
    return receiver;
  }

  /** A worker of the real program whose clock stands still until it is asked `{ at }`. */
  async clockedWorker(at: string): Promise<Child> {
    const child = this.launch('test/processes/clocked-worker.ts', { ROLES: 'worker' }, { told: true, words: [at] });
    await child.says(/works/);
    return child;
  }

  /** Starts the program, and waits until it has greeted. */
  async start(roles: 'api' | 'worker' | 'api,worker', env: Env = {}, ownSession = false): Promise<Child> {
    const child = this.launch('src/app/main.ts', { ROLES: roles, ...env }, { ownSession });
    await this.greeted(child);
    return child;
  }

  /** Waits for the greeting, and remembers the first key and whom to ask; a worker has no address. */
  async greeted(child: Child): Promise<void> {
    await child.says(/Kith is running [^]*\n$/);
    const [, address] = /REST +(http\S+)\/v1\n/.exec(child.out) ?? [];
    const [, key] = /^ +(kith_\S{20,})$/m.exec(child.out) ?? [];
    if (address) this.address = address;
    if (key) this.key = key;
  }

  post(path: string, body: Body): Promise<Body> {
    return this.request('POST', path, body);
  }

  patch(path: string, body: Body): Promise<Body> {
    return this.request('PATCH', path, body);
  }

  /** Sends a file as it is. */
  async sendFile(path: string, type: string, file: string): Promise<void> {
    const headers = { authorization: `Bearer ${this.key}`, 'content-type': type };
    const { status } = await fetch(`${this.address}${path}`, { method: 'POST', headers, body: file });
    if (status >= 300) throw new Error(`${path} answered ${status}.`);
  }

  get(path: string): Promise<Body> {
    return this.request('GET', path);
  }

  /** Any answer, whatever its status; it throws when there is none. */
  async ask(method: string, path: string, body?: Body, headers: Env = {}): Promise<Answer> {
    const response = await fetch(`${this.address}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json', ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(HANG_MS),
    });
    return { status: response.status, answer: (await response.json()) as Body };
  }

  /** An endpoint at the receiver's path; its first ping has arrived and been accepted when this answers. */
  async webhook(receiver: Receiver, path: string, eventTypes: string[], checked = true): Promise<string> {
    const { id, secret } = await this.post('/v1/webhooks', { url: `http://${receiver.host}${path}`, eventTypes });
    await receiver.trust(path, checked ? String(secret) : null);
    return String(id);
  }

  async rows<R extends Body>(text: string, values: unknown[] = []): Promise<R[]> {
    return (await this.pool.query<R>(text, values)).rows;
  }

  /** The one number that a statement answers. */
  async number(text: string, values: unknown[] = []): Promise<number> {
    const [row = {}] = await this.rows<Body>(text, values);
    return Number(Object.values(row)[0]);
  }

  async untilNumber(what: string, wanted: number, text: string): Promise<void> {
    let seen = 0;
    const reached = async (): Promise<boolean> => (seen = await this.number(text)) >= wanted;
    await until(what, reached).catch((error: unknown) => {
      throw new Error(`${(error as Error).message} It is ${seen} of ${wanted}. ${this.complaints()}`);
    });
  }

  /** Lets nobody write to a table until what this answers is called, and says when a statement like this waits for it. */
  async lock(table: string, waiting: string): Promise<{ met: () => Promise<void>; open: () => Promise<void> }> {
    const client = await this.pool.connect();
    await client.query(`begin; lock table ${table} in share row exclusive mode`);
    const met = `select count(*) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like '${waiting}'`;
    return {
      met: () => this.untilNumber(`a statement waits for ${table}`, 1, met),
      open: async () => {
        await client.query('commit');
        client.release();
      },
    };
  }

  /** What the processes said on standard error, for a failing test's message. */
  complaints(): string {
    return this.children.map(({ err }) => err.slice(-2_000)).join('');
  }

  async close(): Promise<void> {
    await Promise.all(this.children.map((child) => child.kill()));
    await this.pool.end();
    await this.database.drop();
  }

  private async request(method: string, path: string, body?: Body): Promise<Body> {
    const { status, answer } = await this.ask(method, path, body);
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${JSON.stringify(answer)}`);
    return answer;
  }
}
