import supertest from 'supertest';
import { allProblems } from '../../../src/platform/errors/problem.js';
import { html, page } from '../../../src/platform/pages/html.js';
import { StatusBoard } from '../../../src/platform/pages/status-board.js';
import { TestProgram } from '../../harness/program.js';

const TOKEN = 'a-token-for-the-scraper';

let program: TestProgram;

beforeAll(async () => {
  program = await TestProgram.start({ env: { METRICS_TOKEN: TOKEN } });
});
afterAll(() => program.stop());

/** A further program, which is stopped whatever happens. */
async function withProgram<R>(env: Record<string, string>, work: (program: TestProgram) => Promise<R>): Promise<R> {
  const further = await TestProgram.start({ env });
  try {
    return await work(further);
  } finally {
    await further.stop();
  }
}

const get = (path: string, headers: Record<string, string> = {}) =>
  supertest(program.app.getHttpServer()).get(path).set(headers);

describe('the pages', () => {
  it('escape what they are given', () => {
    expect(html`<b title="${'"'}">${'<script>'}${html`<i>1</i>`}</b>`.text).toBe(
      '<b title="&#34;">&#60;script&#62;<i>1</i></b>',
    );
    expect(page('<title>', html``)).toContain('<title>&#60;title&#62;</title>');
  });

  it('show the address that was asked, and nothing that was smuggled into it', async () => {
    const { text } = await get('/', { host: 'kith.example.org"><script>' });
    expect(text).not.toContain('<script>');
  });

  it('list every kind of problem', async () => {
    const { text } = await get('/problems');
    for (const code of allProblems().map(([code]) => code)) expect(text).toContain(`id="${code}"`);
  });

  it('are not there when nobody wrote them', async () => {
    const { status, body } = await get('/pages/nobody.js');
    expect([status, body.code]).toEqual([404, 'not_found']);
  });

  it('show GraphiQL to browsers, and leave GET queries of programs to the API', async () => {
    const shown = await get('/graphql', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
    expect(shown.text).toContain('/pages/graphiql.js');
    const asked = await get('/graphql?query={__typename}', { 'apollo-require-preflight': '1' });
    expect(asked.body).toEqual({ data: { __typename: 'Query' } });
  });
});

describe('the metrics', () => {
  it('are for whoever has the token', async () => {
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { authorization: `Bearer ${program.key}` }]) {
      const { status, body } = await get('/metrics', headers as Record<string, string>);
      expect([status, body.code]).toEqual([401, 'unauthenticated']);
    }
  });

  it('tell of the process, its requests, its connections, and what features taught them', async () => {
    await get('/v1/contacts/01890000-0000-7000-8000-000000000000', { authorization: `Bearer ${program.key}` });
    const { text, headers } = await get('/metrics', { authorization: `Bearer ${TOKEN}` });
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(text).toContain('http_request_duration_seconds_count{method="GET",route="/v1/contacts/:id",status="404"} 1');
    expect(text).toMatch(/^kith_outbox_events \d+$/m);
    expect(text).toMatch(/^kith_deliveries_pending \d+$/m);
    expect(text).toMatch(/^kith_database_connections_in_use \d+$/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
    expect(text).not.toContain('kith_next_ring_timestamp_seconds');
  });

  it('are open without a token only while the program listens to its own machine', async () => {
    const status = (env: Record<string, string>): Promise<number> =>
      withProgram(env, async ({ app }) => (await supertest(app.getHttpServer()).get('/metrics')).status);
    expect([await status({}), await status({ HOST: '0.0.0.0' })]).toEqual([200, 404]);
  });
});

describe('the status board', () => {
  it('asks at most once in a second, however often it is asked', async () => {
    const board = new StatusBoard();
    let reads = 0;
    board.teach({ name: 'kith_reads', label: 'Reads', read: () => Promise.resolve((reads += 1)) });
    const [first, second] = await Promise.all([board.readings(), board.readings()]);
    expect([first?.[0]?.value, second?.[0]?.value, reads]).toEqual([1, 1, 1]);
  });
});

describe('health', () => {
  it('is not ready, and says so on the first screen, while the schema is older than the program', async () => {
    await withProgram({}, async ({ app, pool }) => {
      await pool.query('delete from migrations where id = (select max(id) from migrations)');
      const ready = await supertest(app.getHttpServer()).get('/health/ready');
      const { text } = await supertest(app.getHttpServer()).get('/');
      expect([ready.status, ready.body.code]).toEqual([503, 'unavailable']);
      expect(text).toContain('The database schema is not up to date');
    });
  });
});
