import { Acknowledger } from '../../../../src/features/webhooks/sending/acknowledger.js';
import { Deliverer } from '../../../../src/features/webhooks/sending/deliverer.js';
import { TestProgram } from '../../../harness/program.js';
import { Receiver, status } from '../receiver.js';
import type { Answer } from '../receiver.js';
import { WebhookFace, pass, settled, startWorker } from '../webhook-faces.js';

/** No attempt ends by it: what is held back here ends by the test's word, or by a lease of its clock. */
const TIMEOUT_MS = 60_000;
const LEASE_MS = 2 * TIMEOUT_MS + 10_000;

let receiver: Receiver;
let program: TestProgram;
let webhooks: WebhookFace;
let id: string;

async function start(env: Record<string, string> = {}, others: Receiver[] = []): Promise<void> {
  receiver = await Receiver.start();
  program = await startWorker([receiver, ...others], { env: { WEBHOOK_TIMEOUT_MS: String(TIMEOUT_MS), ...env } });
  webhooks = new WebhookFace('rest', program);
  const made = await webhooks.create({ url: receiver.url, eventTypes: ['account.updated'] });
  id = String(made.data.id);
  await receiver.until('webhook.ping', 1);
  await settled(program);
}
afterEach(async () => {
  await program.stop();
  await receiver.stop();
});

/** Events as a burst of changes leaves them: recorded, and in the outbox. */
async function burst(count: number): Promise<void> {
  await program.pool.query(
    `with made as (insert into events (account_id, id, type, subject_type, subject_id, occurred_at, data)
       select id, new_id(), 'account.updated', 'account', id, now(), json_build_object('n', n)
       from accounts, generate_series(1, $1::int) n returning account_id, id)
     insert into outbox select account_id, id from made`,
    [count],
  );
}

/** Keeps every answer back; the function that is returned gives them all, and goes on so. */
function holdAnswers(of: Receiver): (answer?: Answer) => void {
  const held: Parameters<Answer>[] = [];
  of.answer = (...request) => void held.push(request);
  return (answer = status(200)) => {
    of.answer = answer;
    for (const request of held.splice(0)) answer(...request);
  };
}

describe('two workers', () => {
  it('deliver each event once', async () => {
    await start();
    const env = { ROLES: 'worker', WEBHOOK_ALLOWED_HOSTS: receiver.host };
    const second = await TestProgram.start({ database: program.database, clock: program.clock, env });
    await burst(3_000);
    await receiver.until('account.updated', 3_000);
    await Promise.all([settled(program), settled(second)]);
    const ids = receiver.of('account.updated').map(({ headers }) => headers['webhook-id']);
    expect(ids).toHaveLength(3_000);
    expect(new Set(ids).size).toBe(3_000);
    const { rows } = await program.pool.query(
      `select d.state, d.attempt_count, count(*)::int as deliveries, count(a.id)::int as attempts,
         count(*) filter (where lease_token is not null)::int as leased
       from deliveries d left join attempts a on a.delivery_id = d.id where d.event_type = 'account.updated' group by 1, 2`,
    );
    expect(rows).toEqual([{ state: 'delivered', attempt_count: 1, deliveries: 3_000, attempts: 3_000, leased: 0 }]);
    await second.stop();
  });
});

describe('a lease', () => {
  it('that ends with its worker is taken over, and the lost attempt counts', async () => {
    await start();
    const release = holdAnswers(receiver);
    await webhooks.rest('patch', '/v1/account', { name: 'Lost in a crash' });
    const [first] = await receiver.until('account.updated', 1);
    const crashed = program;
    program = await startWorker([receiver], {
      database: crashed.database,
      clock: crashed.clock,
      env: { WEBHOOK_TIMEOUT_MS: String(TIMEOUT_MS) },
    });
    pass(program, LEASE_MS - 1);
    expect(await program.app.get(Deliverer).deliverDue()).toBe(0);
    receiver.answer = status(200, 'ok');
    pass(program, 2);
    const [, second] = await receiver.until('account.updated', 2);
    await settled(program);
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    release();
    await settled(crashed);
    expect(crashed.app.get(Acknowledger).refusedZombies).toBe(1);
    webhooks = new WebhookFace('rest', program, crashed.key);
    expect(await webhooks.deliveries(id, 'account.updated')).toMatchObject([
      {
        state: 'delivered',
        attemptCount: 2,
        version: 2,
        attempts: [
          { number: 1, statusCode: null, errorCode: 'interrupted' },
          { number: 2, statusCode: 200, response: 'ok' },
        ],
      },
    ]);
    await program.stop();
    program = crashed;
  });

  it('that ends again and again uses up no retry: only an answer does', async () => {
    await start({ WEBHOOK_RETRY_SECONDS: '1' });
    const release = holdAnswers(receiver);
    await webhooks.rest('patch', '/v1/account', { name: 'Lost in many crashes' });
    for (let lost = 1; lost <= 4; lost += 1) {
      await receiver.until('account.updated', lost);
      pass(program, LEASE_MS + 1);
    }
    await receiver.until('account.updated', 5);
    release(status(500));
    await settled(program);
    expect(await webhooks.deliveries(id, 'account.updated')).toMatchObject([{ state: 'pending', attemptCount: 5 }]);
    pass(program, 2_000);
    await receiver.until('account.updated', 6);
    await settled(program);
    const [ended] = await webhooks.deliveries(id, 'account.updated');
    expect(ended).toMatchObject({ state: 'exhausted', attemptCount: 6 });
    expect(ended?.attempts).toMatchObject([
      ...[1, 2, 3, 4].map((number) => ({ number, errorCode: 'interrupted' })),
      { number: 5, statusCode: 500 },
      { number: 6, statusCode: 500 },
    ]);
  });

  it('is given back by a worker that stops, and what is under way ends first', async () => {
    await start({ WEBHOOK_CONCURRENCY: '4', WEBHOOK_ENDPOINT_CONCURRENCY: '2' });
    const release = holdAnswers(receiver);
    await burst(10);
    await receiver.until('account.updated', 2);
    const { pool, database, clock } = program;
    const stopping = program.app.get(Deliverer).beforeApplicationShutdown();
    release();
    await stopping;
    const { rows } = await pool.query(
      `select state, attempt_count, lease_token is null as free, count(*)::int from deliveries
       where event_type = 'account.updated' group by 1, 2, 3 order by 1`,
    );
    expect(rows).toEqual([
      { state: 'delivered', attempt_count: 1, free: true, count: 2 },
      { state: 'pending', attempt_count: 0, free: true, count: 8 },
    ]);
    const next = await startWorker([receiver], { database, clock });
    await receiver.until('account.updated', 10);
    await settled(next);
    expect(new Set(receiver.of('account.updated').map(({ headers }) => headers['webhook-id'])).size).toBe(10);
    await next.stop();
  });
});

describe('a delivery whose event is gone', () => {
  it('is cancelled, and nothing is sent', async () => {
    await start();
    await program.pool.query(
      `insert into deliveries (account_id, id, created_at, updated_at, webhook_id, event_id, event_type, next_attempt_at)
       select account_id, new_id(), $2, $2, id, new_id(), 'account.updated', $2 from webhooks where id = $1`,
      [id, program.clock.now()],
    );
    await program.app.get(Deliverer).deliverDue();
    await settled(program);
    expect(await webhooks.deliveries(id, 'account.updated')).toMatchObject([
      { state: 'cancelled', attemptCount: 0, attempts: [] },
    ]);
    expect(receiver.of('account.updated')).toEqual([]);
  });
});

describe('an endpoint that does not answer', () => {
  it('delays no other one', async () => {
    const dead = await Receiver.start();
    await start({}, [dead]);
    const { data } = await webhooks.create({ url: dead.url, eventTypes: ['account.updated'] });
    const deadId = String(data.id);
    await dead.until('webhook.ping', 1);
    await settled(program);
    const release = holdAnswers(dead);
    await burst(500);
    await receiver.until('account.updated', 500);
    // All that while the dead one has kept every answer back, and no attempt there was given up.
    const ended = `select from deliveries where webhook_id = $1 and event_type = 'account.updated' and lease_token is null
      and attempt_count > 0`;
    expect((await program.pool.query(ended, [deadId])).rowCount).toBe(0);
    expect(dead.of('account.updated').length).toBeLessThanOrEqual(16);
    release();
    await dead.until('account.updated', 500);
    await settled(program);
    await dead.stop();
  });
});
