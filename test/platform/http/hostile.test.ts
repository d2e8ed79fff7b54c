import { Agent } from 'node:http';
import supertest from 'supertest';
import { Docs } from '../../../src/platform/http/docs.js';
import { allProblems } from '../../../src/platform/errors/problem.js';
import { promised } from '../../harness/figures.js';
import { TestProgram } from '../../harness/program.js';
import { chance } from '../../processes/chance.js';
import { HOSTILE } from './hostile-values.js';
import { size } from '../../harness/size.js';

type Schema = { type?: unknown; properties?: Record<string, Schema>; $ref?: string; items?: Schema; anyOf?: Schema[] };
interface Operation {
  readonly method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  readonly path: string;
  readonly id: string;
  readonly parameters: readonly { name: string; in: string }[];
  readonly body: Schema | null;
  readonly mediaType: string;
}

let program: TestProgram;
const connections = new Agent({ keepAlive: true });
let operations: readonly Operation[] = [];
let schemas: Record<string, Schema> = {};

beforeAll(async () => {
  program = await TestProgram.start({ env: { RATE_LIMIT_PER_MINUTE: '0' } });
  const document = program.app.get(Docs).document as unknown as {
    paths: Record<
      string,
      Record<
        string,
        {
          operationId: string;
          parameters?: { name: string; in: string }[];
          requestBody?: { content: Record<string, { schema: Schema }> };
        }
      >
    >;
    components: { schemas: Record<string, Schema> };
  };
  schemas = document.components.schemas;
  operations = Object.entries(document.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([method, { operationId, parameters = [], requestBody }]): Operation => {
      const [mediaType = 'application/json', content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
      return {
        method: method as Operation['method'],
        path,
        id: operationId,
        parameters,
        body: content?.schema ?? null,
        mediaType,
      };
    }),
  );
});
/** Statuses that are not documented, and bodies that break their schema, are found where they leave. */
afterEach(() => program.rest.assertKept());
afterAll(() => {
  connections.destroy();
  return program.stop();
});

function send(operation: Operation, path: string, body?: unknown, key = program.key) {
  const request = supertest(program.app.getHttpServer())
    [operation.method](path)
    .agent(connections)
    .set('authorization', `Bearer ${key}`);
  if (body === undefined) return request;
  return request.set('content-type', operation.mediaType).send(typeof body === 'string' ? body : JSON.stringify(body));
}

/** How many hostile requests are made at least: `HOSTILE_CASES=100000` for the long run, `HOSTILE_SEED` for another one. */
const CASES = Number(process.env.HOSTILE_CASES ?? 3_000);
const LONGEST_MS = 2_000;
/** In a quick run each parameter and field gets every sixth of the values, each another sixth. */
const PARTS = size('HOSTILE_PARTS', 1, 6);
let given = 0;
function shareOf(values: readonly unknown[]): unknown[] {
  given += 1;
  return values.filter((_, n) => (n + given) % PARTS === 0);
}
let asked = 0;
let longest = 0;

/** Asks, and judges the answer: no failure of ours, no hang, and each refusal a problem that says what is wrong. */
async function ask(what: string, operation: Operation, path: string, body?: unknown): Promise<void> {
  const startedAt = performance.now();
  const answer = await send(operation, path, body);
  asked += 1;
  const tookMs = performance.now() - startedAt;
  longest = Math.max(longest, tookMs);
  expectDecent(what, answer);
}

const NOBODY = '01890000-0000-7000-8000-000000000000';
const pathOf = ({ path }: Operation, id = NOBODY): string => path.replace(/\{\w+\}/g, encodeURIComponent(id));

/** No input makes a failure of ours, and each refusal is a problem that says what is wrong. */
function expectDecent(
  what: string,
  answer: { status: number; headers: Record<string, string>; body: Record<string, unknown> },
): void {
  if (answer.status < 400) return;
  const { status, headers, body } = answer;
  const decent =
    status < 500 &&
    headers['content-type']?.startsWith('application/problem+json') &&
    body.status === status &&
    typeof body.detail === 'string' &&
    allProblems().some(([code]) => code === body.code);
  if (!decent) throw new Error(`${what} → ${status} ${JSON.stringify(body).slice(0, 500)}`);
}

/** Whoever holds a key may ask who that is. */
const FOR_ANY_KEY = 'getMe';

describe('every operation', () => {
  it('there are some', () => expect(operations.length).toBeGreaterThan(30));

  it('refuses whoever has no key, or a key without the scope', async () => {
    const create = operations.find(({ id }) => id === 'createKey');
    if (!create) throw new Error('createKey is gone');
    const made = await send(create, '/v1/keys', { name: 'none', scopes: ['keys:read'] });
    expect(made.status).toBe(201);
    await program.pool.query(`update api_keys set scopes = '{}' where id = $1`, [made.body.id]);
    for (const operation of operations.filter(({ path }) => path.startsWith('/v1/'))) {
      const open = await supertest(program.app.getHttpServer())[operation.method](pathOf(operation));
      expect([operation.id, open.status, open.body.code]).toEqual([operation.id, 401, 'unauthenticated']);
      if (operation.id === FOR_ANY_KEY) continue;
      const closed = await send(operation, pathOf(operation), operation.body ? {} : undefined, made.body.secret);
      expect([operation.id, closed.status, closed.body.code]).toEqual([operation.id, 403, 'forbidden']);
    }
  });

  it('takes hostile ids', async () => {
    for (const operation of operations.filter(({ path }) => path.includes('{'))) {
      for (const id of shareOf(HOSTILE.filter((value) => typeof value === 'string' && value !== ''))) {
        const path = pathOf(operation, String(id).toWellFormed().slice(0, 2_000));
        await ask(`${operation.method} ${path}`, operation, path, operation.body ? {} : undefined);
      }
    }
  });

  it('takes hostile parameters', async () => {
    for (const operation of operations.filter(({ method }) => method === 'get')) {
      for (const { name } of operation.parameters.filter((parameter) => parameter.in === 'query')) {
        for (const value of shareOf(HOSTILE.filter((candidate) => typeof candidate !== 'object'))) {
          const path = `${pathOf(operation)}?${encodeURIComponent(name)}=${encodeURIComponent(String(value).toWellFormed().slice(0, 2_000))}`;
          await ask(`${operation.method} ${path}`, operation, path);
        }
      }
      for (const query of [
        'first=1&first=2',
        'nobody=1',
        'filter=1',
        'filter[name]=1',
        'filter[__proto__][eq]=1',
        'sort=,',
        '[a]=1',
        'filter[a][b][c][d][e][f][g][h]=1',
      ]) {
        await ask(`${operation.id} ${query}`, operation, `${pathOf(operation)}?${query}`);
      }
    }
  });

  it('takes hostile bodies: each field by itself, and the whole', async () => {
    for (const operation of operations.filter(({ body, mediaType }) => body && mediaType === 'application/json')) {
      const { properties = {} } = schemas[operation.body?.$ref?.split('/').at(-1) ?? ''] ?? {};
      for (const name of Object.keys(properties)) {
        for (const value of shareOf(HOSTILE)) {
          await ask(`${operation.id} ${name}=${JSON.stringify(value).slice(0, 60)}`, operation, pathOf(operation), {
            [name]: value,
          });
        }
      }
      for (const body of [
        '',
        '{',
        '[]',
        'null',
        '"text"',
        '1',
        `${'['.repeat(3_000)}${']'.repeat(3_000)}`,
        '{"a":1,"a":2}',
        '{"__proto__":{"x":1}}',
      ]) {
        await ask(`${operation.id} ${body.slice(0, 40)}`, operation, pathOf(operation), body);
      }
    }
  });

  it('takes what chance makes of all its parts at once', async () => {
    const seed = Number(process.env.HOSTILE_SEED ?? 20_260_302);
    const random = chance(seed);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const enough = Math.max(CASES, asked + 500);
    while (asked < enough) {
      const operation = pick(operations);
      const { properties = {} } = schemas[operation.body?.$ref?.split('/').at(-1) ?? ''] ?? {};
      const query = new URLSearchParams();
      for (const { name } of operation.parameters.filter((parameter) => parameter.in === 'query'))
        if (random() < 0.05)
          query.set(name, String(pick(HOSTILE.filter((value) => typeof value !== 'object'))).slice(0, 500));
      const body = Object.fromEntries(
        Object.keys(properties).flatMap((name) => (random() < 0.3 ? [[name, pick(HOSTILE)]] : [])),
      );
      const path = `${pathOf(operation, String(pick(HOSTILE)).toWellFormed().slice(0, 500) || NOBODY)}?${query.toString()}`;
      const what = `seed ${seed}: ${operation.id} ${path} ${JSON.stringify(body).slice(0, 300)}`;
      await ask(what, operation, path, operation.body ? body : undefined);
    }
    process.stdout.write(
      `F1: ${asked} hostile requests, 0 failures, 0 undocumented answers, the longest ${Math.round(longest)} ms\n`,
    );
    promised(longest, LONGEST_MS);
    expect(asked).toBeGreaterThanOrEqual(3_000);
  }, 3_600_000);

  it('refuses a body of another type, one too large and a method that is not offered', async () => {
    const operation = operations.find(({ id }) => id === 'createContact');
    if (!operation) throw new Error('createContact is gone');
    const xml = await supertest(program.app.getHttpServer())
      .post('/v1/contacts')
      .set('authorization', `Bearer ${program.key}`)
      .set('content-type', 'application/xml')
      .send('<a/>');
    expect([xml.status, xml.body.code]).toEqual([415, 'unsupported_media_type']);
    const large = await send(operation, '/v1/contacts', { name: 'x'.repeat(1_100_000) });
    expect([large.status, large.body.code]).toEqual([413, 'payload_too_large']);
    const { rows } = await program.pool.query('select count(*)::int as n from contacts where length(name) > 200');
    expect(rows[0].n).toBe(0);
  });
});
