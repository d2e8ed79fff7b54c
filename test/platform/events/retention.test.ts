import supertest from 'supertest';
import { DeliveriesRetention } from '../../../src/features/webhooks/deliveries/deliveries-retention.js';
import { EventsRetention } from '../../../src/platform/events/retention/events-retention.js';
import { hourly } from '../../../src/platform/jobs/hourly.js';
import { TestProgram } from '../../harness/program.js';
import { TestClock } from '../../harness/test-clock.js';
import { settled } from './settled.js';

const DAY_MS = 86_400_000;
/** Ids carry the machine's time, so the test's clock begins beyond it. */
const START = '2090-01-01T00:00:00.000Z';

let program: TestProgram;
let account: string;

beforeEach(async () => {
  program = await TestProgram.start({
    clock: new TestClock(START),
    env: { EVENT_RETENTION_DAYS: '90', WEBHOOK_RETENTION_DAYS: '30' },
  });
  account = (await program.pool.query('select id from accounts')).rows[0].id;
});
afterEach(() => program.stop());

const events = (): Promise<boolean> => program.app.get(EventsRetention).forgetSome();
const deliveries = (): Promise<boolean> => program.app.get(DeliveriesRetention).forgetSome();

async function all(batch: () => Promise<boolean>): Promise<void> {
  await settled(program.pool);
  while (await batch());
}

/** Records an event as of now that nobody has to be told of, and answers its id. */
async function record(accountId = account): Promise<string> {
  const { rows } = await program.pool.query(
    `insert into events (account_id, id, type, subject_type, subject_id, occurred_at, data)
     values ($1, new_id(), 'contact.updated', 'contact', new_id(), $2, '{}') returning id`,
    [accountId, program.clock.now()],
  );
  return rows[0].id;
}

async function kept(table = 'events'): Promise<string[]> {
  const order = table === 'events' ? 'transaction_id, sequence' : 'id';
  return (await program.pool.query(`select id from ${table} order by ${order}`)).rows.map(({ id }) => id);
}

async function page(query: string) {
  await settled(program.pool);
  const http = supertest(program.app.getHttpServer()).get(`/v1/changes?${query}`);
  const { status, body } = await http.set('authorization', `Bearer ${program.key}`);
  return { status, code: body.code, ids: body.data?.map(({ id }: { id: string }) => id), next: body.page?.next };
}

async function deliver(event: string, state: 'pending' | 'delivered'): Promise<string> {
  const { rows } = await program.pool.query(
    `with w as (insert into webhooks (account_id, id, created_at, updated_at, url, scopes)
        values ($1, new_id(), $4, $4, 'https://example.com', '{*}') returning id),
      d as (insert into deliveries (account_id, id, created_at, updated_at, webhook_id, event_id, event_type, state, next_attempt_at)
        select $1, new_id(), $4, $4, w.id, $2, 'contact.updated', $3, case $3 when 'pending' then now() end from w returning id),
      a as (insert into attempts (account_id, id, delivery_id, number, started_at, duration_ms)
        select $1, new_id(), d.id, 1, now(), 5 from d)
      select id from d`,
    [account, event, state, program.clock.now()],
  );
  return rows[0].id;
}

it('forgets what is older than the setting says, and nothing younger', async () => {
  const old = await record();
  program.clock.advance(DAY_MS);
  const young = await record();
  program.clock.advance(89 * DAY_MS);
  await all(events);
  expect(await kept()).toEqual([old, young]);
  program.clock.advance(1);
  await all(events);
  expect(await kept()).toEqual([young]);
});

it('answers 410 to a place before what was forgotten, and to no other', async () => {
  const { next: beginning } = await page('since=now');
  const [first, second] = [await record(), await record()];
  const { next: between } = await page('first=1');
  const { next: end } = await page('first=2');
  program.clock.advance(91 * DAY_MS);
  const third = await record();
  expect(await page(`since=${beginning}`)).toMatchObject({ status: 200, ids: [first, second, third] });
  await all(events);
  expect(await page(`since=${beginning}`)).toMatchObject({ status: 410, code: 'expired_token' });
  expect(await page(`since=${between}`)).toMatchObject({ status: 410, code: 'expired_token' });
  expect(await page(`since=${end}`)).toMatchObject({ status: 200, ids: [third] });
  expect(await page('')).toMatchObject({ status: 200, ids: [third] });
});

it('a quiet account keeps its place, however old', async () => {
  await record();
  const { next } = await page('');
  program.clock.advance(1_000 * DAY_MS);
  await all(events);
  expect(await page(`since=${next}`)).toMatchObject({ status: 200, ids: [] });
});

it('keeps an event that is still to be fanned out or delivered, shows it no more, and forgets it afterwards', async () => {
  const [queued, pending, done] = [await record(), await record(), await record()];
  await program.pool.query('insert into outbox (account_id, event_id) values ($1, $2)', [account, queued]);
  const waiting = await deliver(pending, 'pending');
  program.clock.advance(91 * DAY_MS);
  await all(events);
  expect(await kept()).toEqual([queued, pending]);
  expect(await kept('deliveries')).toEqual([waiting]);
  expect((await page('')).ids).toEqual([]);
  expect(await kept()).not.toContain(done);
  await program.pool.query('delete from outbox');
  await program.pool.query(`update deliveries set state = 'delivered', next_attempt_at = null, updated_at = $1`, [
    program.clock.now(),
  ]);
  program.clock.advance(31 * DAY_MS);
  await all(deliveries);
  await all(events);
  expect(await kept()).toEqual([]);
});

it('forgets finished deliveries with their attempts, and none that is pending or recent', async () => {
  const [one, two, three] = [await record(), await record(), await record()];
  await deliver(one, 'delivered');
  const pending = await deliver(two, 'pending');
  program.clock.advance(30 * DAY_MS);
  const recent = await deliver(three, 'delivered');
  program.clock.advance(1);
  await all(deliveries);
  expect((await kept('deliveries')).sort()).toEqual([pending, recent].sort());
  expect(await kept('attempts')).toHaveLength(2);
  expect(await kept()).toEqual([one, two, three]);
});

it('works in bounded batches, over all accounts', async () => {
  await program.anotherAccount();
  const { rows } = await program.pool.query<{ id: string }>('select id from accounts');
  for (const { id } of rows) {
    await program.pool.query(
      `insert into events (account_id, id, type, subject_type, subject_id, occurred_at, data)
       select $1, new_id(), 'contact.updated', 'contact', new_id(), $2, '{}' from generate_series(1, 600)`,
      [id, program.clock.now()],
    );
  }
  program.clock.advance(91 * DAY_MS);
  await settled(program.pool);
  expect(await events()).toBe(true);
  expect(await kept()).toHaveLength(1_200 - 2 * 250);
  await all(events);
  expect(await kept()).toEqual([]);
});

it('keeps everything when the setting is 0', async () => {
  const { database, clock } = program;
  const forever = await TestProgram.start({ database, clock, env: { EVENT_RETENTION_DAYS: '0' } });
  const id = await record();
  clock.advance(10_000 * DAY_MS);
  expect(await forever.app.get(EventsRetention).forgetSome()).toBe(false);
  expect(await kept()).toEqual([id]);
  await forever.stop();
});

it('goes round once an hour, and at once again while there is more', async () => {
  const more = [true, true, false, false];
  let batches = 0;
  const clock = new TestClock();
  const clean = hourly(clock, () => Promise.resolve(more[batches++] ?? false));
  expect([await clean(), await clean(), await clean()]).toEqual(['again', 'again', null]);
  clock.advance(3_599_999);
  expect(await clean()).toBeNull();
  expect(batches).toBe(3);
  clock.advance(1);
  await clean();
  expect(batches).toBe(4);
});

it('runs by itself in a worker', async () => {
  await record();
  program.clock.advance(91 * DAY_MS);
  const { database, clock } = program;
  const worker = await TestProgram.start({ database, clock, env: { ROLES: 'worker' } });
  const deadline = Date.now() + 10_000;
  while ((await kept()).length > 0 && Date.now() < deadline) await settled(program.pool);
  expect(await kept()).toEqual([]);
  await worker.stop();
});
