import { Database } from '../../../src/platform/database/database.js';
import type { Statement } from '../../../src/platform/database/tx.js';
import { TestProgram } from '../../harness/program.js';
import { countStatements } from '../../harness/statements.js';

let program: TestProgram;

beforeAll(async () => {
  program = await TestProgram.start({ env: { DATABASE_POOL: '2' } });
});
afterAll(() => program.stop());

const run = <R>(text: string, values: Statement['values'], patienceMs?: number): Promise<R[]> =>
  program.app.get(Database).system<R>({ text, values }, patienceMs);
const limits = (patienceMs?: number) =>
  run(
    `select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock`,
    [],
    patienceMs,
  );
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );

it('a statement has its time limits for itself alone, in one round trip', async () => {
  const usual = await limits();
  expect(usual).toEqual([{ statement: '15s', lock: '0' }]);
  const { result, statements } = await countStatements(() => limits(2_001.5));
  expect([result, statements.length]).toEqual([[{ statement: '2002ms', lock: '1001ms' }], 1]);
  expect(await Promise.all([limits(), limits(), limits()])).toEqual([usual, usual, usual]);
});

it('answers rows and values as any statement does', async () => {
  const rows = await run(
    'select n, $1::text as said, $2::uuid[] as ids from generate_series(1, 3) n',
    ['é', []],
    1_000,
  );
  expect(rows).toEqual([1, 2, 3].map((n) => ({ n, said: 'é', ids: [] })));
  expect(await run('select where $1', [false], 1_000)).toEqual([]);
});

it('ends a statement that takes longer, and one that waits for a lock for half of it, and writes nothing of it', async () => {
  const { id } = (await program.ask('post', '/v1/circles', { body: { name: 'Meetup' } })).body as { id: string };
  const account = ((await program.ask('get', '/v1/account')).body as { id: string }).id;
  const rename = 'update circles set name = $2 where id = $1 and account_id = $3';
  const to = (name: string): string[] => [id, name, account];
  const slow = `with renamed as (${rename} returning 1) select pg_sleep(60) from renamed`;
  expect(await codeOf(run(slow, to('Slow'), 50))).toBe('unavailable');
  const holder = await program.pool.connect();
  await holder.query('begin');
  await holder.query('select from circles where id = $1 for update', [id]);
  expect(await codeOf(run(rename, to('Waited'), 100))).toBe('unavailable');
  await holder.query('rollback');
  holder.release();
  expect(await codeOf(run('select 1 / $1::int', [0], 1_000))).not.toBe('done');
  expect((await program.ask('get', `/v1/circles/${id}`)).body.name).toBe('Meetup');
  await run(rename, to('Renamed'), 1_000);
  expect((await program.ask('get', `/v1/circles/${id}`)).body.name).toBe('Renamed');
});
