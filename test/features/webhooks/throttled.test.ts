import { faceOf, faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';
import { Deliverer } from '../../../src/features/webhooks/sending/deliverer.js';
import { Receiver } from './receiver.js';
import { WebhookFace, pass, settled, startWorker } from './webhook-faces.js';

let program: TestProgram;
let receiver: Receiver;
beforeEach(async () => {
  receiver = await Receiver.start();
  program = await startWorker([receiver]);
});
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

/** What has arrived once the workers have looked at this moment, and all that was claimed is sent. */
async function arrived(workers: readonly TestProgram[] = [program]): Promise<number> {
  await Promise.all(workers.map((worker) => worker.app.get(Deliverer).deliverDue()));
  await Promise.all(workers.map(settled));
  return receiver.of('account.updated').length;
}

async function throttled(name: 'rest' | 'graphql', throttlePerSecond: number): Promise<string> {
  const webhooks = new WebhookFace(name, program);
  const { data } = await webhooks.create({ url: receiver.url, eventTypes: ['account.*'], throttlePerSecond });
  expect(data).toMatchObject({ throttlePerSecond });
  await receiver.until('webhook.ping', 1);
  await settled(program);
  program.clock.advance(10_000);
  return String(data.id);
}

async function fannedOut(): Promise<void> {
  for (;;) {
    const { rows } = await program.pool.query<{ left: number }>('select count(*)::int as left from outbox');
    if (rows[0]?.left === 0) return;
    pass(program, 0);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe.each(faces)('an endpoint with a throttle, made over %s', (name) => {
  it('gets no more a second, evenly, whatever waits, and everything in the end', async () => {
    await throttled(name, 5);
    await burst(8);
    await fannedOut();
    expect(await arrived()).toBe(1);
    // A fifth of a second each, less the tenth that was free before.
    pass(program, 99);
    expect(await arrived()).toBe(1);
    pass(program, 1);
    for (const count of [2, 3, 4, 5, 6, 7]) {
      expect(await arrived()).toBe(count);
      pass(program, 199);
      expect(await arrived()).toBe(count);
      pass(program, 1);
    }
    expect(await arrived()).toBe(8);
  });

  it('may be freed of it', async () => {
    const id = await throttled(name, 1);
    await burst(5);
    await fannedOut();
    expect(await arrived()).toBe(1);
    const { data } = await faceOf(name, program).update('Webhook', id, { throttlePerSecond: null });
    expect(data).toMatchObject({ throttlePerSecond: null });
    expect(await arrived()).toBe(5);
  });
});

it('is a limit of all workers together', async () => {
  await throttled('rest', 100);
  const env = { ROLES: 'worker', WEBHOOK_ALLOWED_HOSTS: receiver.host };
  const second = await TestProgram.start({ database: program.database, clock: program.clock, env });
  await burst(100);
  await fannedOut();
  const both = [program, second];
  // Eleven at first: one, and what a tenth of a second allows. Then ten in each tenth.
  for (let tenths = 0; tenths <= 5; tenths += 1) {
    await arrived(both);
    expect(await arrived(both)).toBe(11 + 10 * tenths);
    program.clock.advance(100);
  }
  await second.stop();
});

it('is refused beyond its bounds', async () => {
  const webhooks = new WebhookFace('rest', program);
  for (const throttlePerSecond of [0, 1_001, 1.5, '5']) {
    const { errors } = await webhooks.create({ url: receiver.url, throttlePerSecond } as never);
    expect(errors).toEqual([expect.objectContaining({ pointer: '/throttlePerSecond' })]);
  }
});
