import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import pg from 'pg';
import { Installation } from './installation.js';

const FIRST_KEY = /^ +kith_\S{20,}$/m;

let installation: Installation;
const servers: Server[] = [];
const sockets = new Set<Socket>();

beforeAll(async () => {
  installation = await Installation.open();
});

afterAll(() => installation.close());
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
  sockets.clear();
});

/** The address of another database of the same server. */
function besides(database: string): string {
  return Object.assign(new URL(installation.database.url), { pathname: `/${database}` }).toString();
}

/** How the program ended with these settings: its code, and what it said about why. */
async function refusal(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const child = installation.launch('src/app/main.ts', env);
  return { code: await child.ended(), said: child.err };
}

/** Where somebody listens who does with a connection what is given. */
async function listening(onConnection: (socket: Socket) => void): Promise<{ port: number; server: Server }> {
  const server = createServer((socket) => {
    sockets.add(socket);
    onConnection(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, server };
}

describe('the first start', () => {
  const name = `kith_test_empty_${process.pid}`;
  let admin: pg.Client;

  async function emptied(): Promise<void> {
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.query(`create database ${name} template template0`);
  }

  beforeAll(async () => {
    admin = new pg.Client({ connectionString: installation.database.url });
    await admin.connect();
    await emptied();
  });

  afterAll(async () => {
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  });

  test('on an empty database it answers, and SIGTERM ends it with 0', async () => {
    const child = installation.launch('src/app/main.ts', {
      DATABASE_URL: besides(name),
      ROLES: 'api,worker',
    });
    await installation.greeted(child);
    expect(await installation.get('/v1/reminders')).toMatchObject({ data: [] });

    child.signal('SIGTERM');
    expect(await child.ended()).toBe(0);
    expect(child.err).toBe('');
  });

  test('a port that is taken: says so, and the first key, shown once, is left for the next start', async () => {
    await emptied();
    const { port, server } = await listening(() => undefined);
    const env = { DATABASE_URL: besides(name), ROLES: 'api' };
    const { code, said } = await refusal({ ...env, PORT: String(port) });
    server.close();
    expect(code).toBe(1);
    expect(said).toContain('EADDRINUSE');
    const next = installation.launch('src/app/main.ts', env);
    await installation.greeted(next);
    expect(next.out).toMatch(FIRST_KEY);
    await next.kill();
  });

  test('two that start together on an empty database agree on one schema and one first key', async () => {
    await emptied();
    const env = { DATABASE_URL: besides(name), ROLES: 'api,worker' };
    const pair = [installation.launch('src/app/main.ts', env), installation.launch('src/app/main.ts', env)];
    await Promise.all(pair.map((child) => installation.greeted(child)));
    expect(pair.filter(({ out }) => FIRST_KEY.test(out))).toHaveLength(1);
    expect(await installation.get('/v1/reminders')).toMatchObject({ data: [] });
    for (const child of pair) child.signal('SIGTERM');
    expect(await Promise.all(pair.map((child) => child.ended()))).toEqual([0, 0]);
  });
});

describe('a start that cannot be', () => {
  test('a closed port: says so', async () => {
    const { port, server } = await listening(() => undefined);
    server.close();
    const { code, said } = await refusal({ DATABASE_URL: `postgres://kith:canary-secret@127.0.0.1:${port}/kith` });
    expect(code).toBe(1);
    expect(said).toMatch(/^The PostgreSQL server of DATABASE_URL cannot be used: .*ECONNREFUSED/);
    expect(said).not.toContain('canary-secret');
  });

  test('a port that accepts and never answers: says so instead of waiting', async () => {
    const { port } = await listening(() => undefined);
    const { code, said } = await refusal({ DATABASE_URL: `postgres://kith:canary-secret@127.0.0.1:${port}/kith` });
    expect(code).toBe(1);
    expect(said).toMatch(/^The PostgreSQL server of DATABASE_URL cannot be used: \S+/);
    expect(said).not.toContain('canary-secret');
  });

  test.each([
    ['missing', ''],
    ['too short', 'test:c2hvcnQ='],
    ['no base64', 'test:***'],
  ])('a key ring that is %s: names the setting, and not what is in it', async (_how, keys) => {
    const { code, said } = await refusal({ KITH_ENCRYPTION_KEYS: keys });
    expect(code).toBe(1);
    expect(said).toContain('KITH_ENCRYPTION_KEYS');
    if (keys) expect(said).not.toContain(keys.slice(5));
  });

  test('several wrong settings: names them all', async () => {
    const { code, said } = await refusal({ ROLES: 'cook', PORT: 'x', WEBHOOK_TIMEOUT_MS: '1' });
    expect(code).toBe(1);
    for (const name of ['ROLES', 'PORT', 'WEBHOOK_TIMEOUT_MS']) expect(said).toContain(name);
  });
});
