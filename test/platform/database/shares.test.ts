import { TestProgram } from '../../harness/program.js';
import { until } from '../../harness/until.js';

let program: TestProgram;

beforeAll(async () => {
  program = await TestProgram.start({ env: { DATABASE_POOL: '5', DATABASE_CONNECTIONS_PER_ACCOUNT: '2' } });
});
afterAll(() => program.stop());

const waitingForLocks = async (): Promise<number> => {
  const { rows } = await program.pool.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity where datname = current_database()
      and application_name = 'kith' and wait_event_type = 'Lock'`,
  );
  return rows[0]?.count ?? 0;
};

it('an account waits for its own share of connections, and is refused alone', async () => {
  const other = await program.anotherAccount();
  const { id } = (await program.ask('post', '/v1/contacts', { body: { name: 'Ada' } })).body as { id: string };
  const holder = await program.pool.connect();
  await holder.query('begin');
  await holder.query('select from contacts where id = $1 for update', [id]);
  const asked = Array.from({ length: 6 }, (_, n) =>
    program.ask('patch', `/v1/contacts/${id}`, { body: { notes: `${n}` } }).then((answer) => answer),
  );
  await until('the share is used up', async () => (await waitingForLocks()) === 2);
  for (let n = 0; n < 5; n += 1) {
    expect((await program.ask('get', '/v1/contacts', { key: other })).status).toBe(200);
    expect((await program.ask('post', '/v1/contacts', { key: other, body: { name: 'Eve' } })).status).toBe(201);
  }
  const read = program.graphql('{ contacts { totalCount } }').then((answer) => answer);
  const refused = await Promise.race(asked);
  expect([refused.status, refused.headers['retry-after'], refused.body.code]).toEqual([503, '1', 'unavailable']);
  const { status, headers, body } = await read;
  expect([status, headers['retry-after'], body.errors[0].extensions]).toEqual([
    503,
    '1',
    { code: 'unavailable', status: 503 },
  ]);
  expect(await waitingForLocks()).toBe(2);
  await holder.query('commit');
  holder.release();
  const statuses = (await Promise.all(asked)).map((answer) => answer.status);
  expect(statuses.sort()).toEqual([200, 200, 503, 503, 503, 503]);
  expect((await program.ask('get', `/v1/contacts/${id}`)).status).toBe(200);
});

it('requests beyond the share are carried out when it is free again', async () => {
  const asked = Array.from({ length: 40 }, (_, n) => program.ask('post', '/v1/contacts', { body: { name: `N ${n}` } }));
  const statuses = new Set((await Promise.all(asked)).map(({ status }) => status));
  expect([...statuses]).toEqual([201]);
});
