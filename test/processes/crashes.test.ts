import type { Child } from './child.js';
import { Installation } from './installation.js';
import type { Receiver } from './receiver.js';
import { tell } from '../harness/figures.js';
import { until } from '../harness/until.js';
import { size } from '../harness/size.js';

/** `KITH_STOPS=20` for a long run. */
const STOPS = size('KITH_STOPS', 3, 1);
const DELIVERIES = STOPS * 40;
const RECRUITER = { kind: 'agency', contact: { name: 'Rita' } };

let installation: Installation;
let receiver: Receiver;
let worker: Child;

beforeAll(async () => {
  installation = await Installation.open({
    WEBHOOK_TIMEOUT_MS: '500',
    WEBHOOK_RETRY_SECONDS: '1,1,1',
    WEBHOOK_ENDPOINT_CONCURRENCY: '4',
  });
  receiver = await installation.receiver();
  [worker] = await Promise.all([installation.start('worker'), installation.start('api')]);
});

afterAll(() => installation.close());

/** How many deliveries of such an event a worker holds; those of a killed one stay leased for a while. */
function leased(type: string): Promise<number> {
  return installation.number('select count(*) from deliveries where lease_token is not null and event_type = $1', [
    type,
  ]);
}

test('killed before the answer: another worker sends it again, under the same id, byte for byte', async () => {
  await installation.webhook(receiver, '/held', ['contact.created']);
  await receiver.behave('/held', { answer: 'hold' });
  await installation.post('/v1/contacts', { name: 'Ada' });
  const held = await until('the worker has sent it', async () =>
    (await receiver.letters()).find(({ type }) => type === 'contact.created'),
  );
  await worker.kill();
  await receiver.behave('/held', { answer: 'accept' });
  worker = await installation.start('worker');
  const again = await until('it is sent again', async () =>
    (await receiver.letters()).find(({ type, status }) => type === 'contact.created' && status === 200),
  );
  expect(again).toMatchObject({ id: held.id, hash: held.hash, verified: true });
});

test('committed while no worker runs: the next one delivers it', async () => {
  await installation.webhook(receiver, '/later', ['contact.updated']);
  const { id } = await installation.post('/v1/contacts', { name: 'Grace' });
  await worker.kill();
  await installation.patch(`/v1/contacts/${String(id)}`, { name: 'Grace Hopper' });
  worker = await installation.start('worker');
  const letter = await until('it arrives', async () =>
    (await receiver.letters()).find(({ path, subject }) => path === '/later' && subject === id),
  );
  expect(letter).toMatchObject({ type: 'contact.updated', verified: true });
});

test(`K7: ${STOPS} × SIGTERM in the middle of deliveries: those under way end, the rest is given back`, async () => {
  await installation.webhook(receiver, '/slow', ['reminder.created']);
  await receiver.behave('/slow', { answer: 'accept', afterMs: 100 });
  const dueAt = '2090-01-01T00:00:00.000Z';
  for (let n = 0; n < DELIVERIES; n += 1) await installation.post('/v1/reminders', { title: `Reminder ${n}`, dueAt });
  const delivered = `select count(*) from deliveries where event_type = 'reminder.created' and state = 'delivered'`;
  for (let stop = 1; stop <= STOPS; stop += 1) {
    await installation.untilNumber('some more are delivered', stop * 25, delivered);
    worker.signal('SIGTERM');
    expect(await worker.ended()).toBe(0);
    expect(await leased('reminder.created')).toBe(0);
    worker = await installation.start('worker');
  }
  await installation.untilNumber('all are delivered', DELIVERIES, delivered);
  const letters = (await receiver.letters()).filter(({ type }) => type === 'reminder.created');
  expect(letters).toHaveLength(DELIVERIES);
  expect(new Set(letters.map(({ id }) => id)).size).toBe(DELIVERIES);
  tell(`K7: ${STOPS} × SIGTERM in the middle of ${DELIVERIES} deliveries: all arrived, none twice, no lease was left.`);
}, 600_000);

test('K7: SIGTERM in the middle of a claim gives back what that claims', async () => {
  const webhook = await installation.webhook(receiver, '/claimed', ['recruiter.created']);
  await receiver.behave('/claimed', { answer: 'fail' });
  await installation.post('/v1/recruiters', RECRUITER);
  const waits = `select count(*) from deliveries where webhook_id = '${webhook}' and event_type = 'recruiter.created'
    and state = 'pending' and attempt_count > 0 and lease_token is null`;
  await installation.untilNumber('the first attempt has failed', 1, waits);
  worker.signal('SIGSTOP');
  const lock = await installation.lock('deliveries', 'with recursive lane%');
  await installation.untilNumber('the next one is due', 1, `${waits} and next_attempt_at < now()`);
  worker.signal('SIGCONT');
  await lock.met();
  worker.signal('SIGTERM');
  const listens = `select count(*) from pg_stat_activity where application_name in ('kith listener', 'kith worker') and datname = current_database()`;
  // A worker that did not wait for its claim goes on to end its connections; one that does stays as it is.
  await until('the worker ends', async () => (await installation.number(listens)) < 2, 1_000).catch(() => undefined);
  await lock.open();
  expect(await worker.ended()).toBe(0);
  expect(await leased('recruiter.created')).toBe(0);
});
