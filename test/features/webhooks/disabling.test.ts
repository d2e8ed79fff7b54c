import { faceOf } from '../../harness/faces.js';
import type { TestProgram } from '../../harness/program.js';
import { until } from '../../harness/until.js';
import { Receiver, status } from './receiver.js';
import { WebhookFace, pass, settled, startWorker } from './webhook-faces.js';

const HOUR = 3_600_000;

let program: TestProgram;
let sick: Receiver;
let healthy: Receiver;
let webhooks: WebhookFace;

beforeEach(async () => {
  [sick, healthy] = await Promise.all([Receiver.start(), Receiver.start()]);
  program = await startWorker([sick, healthy], { env: { WEBHOOK_RETRY_SECONDS: '5,300' } });
  webhooks = new WebhookFace('rest', program);
});
afterEach(async () => {
  await program.stop();
  await Promise.all([sick.stop(), healthy.stop()]);
});

async function made(receiver: Receiver, eventTypes: string[]): Promise<string> {
  const { data } = await webhooks.create({ url: receiver.url, eventTypes });
  await receiver.until('webhook.ping', 1);
  await settled(program);
  return String(data.id);
}

const rename = (name: string) => webhooks.rest('patch', '/v1/account', { name });
const statusOf = async (id: string) => (await webhooks.rest('get', `/v1/webhooks/${id}`)).data;

describe('an endpoint that answers 410', () => {
  it('is disabled at once, what waited for it is cancelled, and the others are told', async () => {
    const gone = await made(sick, ['*']);
    const other = await made(healthy, ['webhook.*']);
    sick.answer = status(500);
    await rename('Waits for a retry');
    await sick.until('account.updated', 1);
    await settled(program);
    sick.answer = status(410, 'gone');
    await rename('Goes nowhere');
    const [news] = await healthy.until('webhook.endpoint_disabled', 1);
    expect(JSON.parse(news?.body ?? '')).toMatchObject({
      data: { id: gone, status: 'disabled', disabledReason: 'gone' },
    });
    await settled(program);
    expect(await statusOf(gone)).toMatchObject({ status: 'disabled', disabledReason: 'gone' });
    expect(await statusOf(other)).toMatchObject({ status: 'active' });
    await untilNothingWaits();
    const states = (await webhooks.deliveries(gone, 'account.updated')).map(({ state }) => state);
    expect(states).toEqual(['cancelled', 'cancelled']);
    expect(await webhooks.deliveries(gone, 'webhook.endpoint_disabled')).toEqual([]);
    await rename('Is not for the disabled');
    await settled(program);
    expect(sick.of('account.updated')).toHaveLength(2);
    const expected = ['account.updated', 'account.updated', 'webhook.endpoint_disabled', 'account.updated'];
    expect(await program.events()).toEqual(['webhook.ping', 'webhook.ping', ...expected]);
  });

  it('begins anew when it is activated, and what was cancelled can be sent again', async () => {
    const gone = await made(sick, ['account.*']);
    sick.answer = status(410);
    await rename('Goes nowhere');
    await sick.until('account.updated', 1);
    await settled(program);
    const [delivery] = await webhooks.deliveries(gone, 'account.updated');
    expect(delivery).toMatchObject({ state: 'cancelled', attempts: [{ statusCode: 410 }] });
    expect((await webhooks.resend(String(delivery?.id))).code).toBe('conflict');
    sick.answer = status(200);
    const act = { type: 'Webhook', id: gone, noun: 'activation', verb: 'activateWebhook' };
    const active = await faceOf('rest', program).act(act);
    expect(active.data).toMatchObject({ status: 'active', disabledReason: null });
    await webhooks.resend(String(delivery?.id));
    await sick.until('account.updated', 2);
    await settled(program);
    expect(await webhooks.deliveries(gone, 'account.updated')).toMatchObject([{ state: 'delivered', attemptCount: 2 }]);
  });
});

describe('an endpoint that only fails', () => {
  it('exhausts the schedule, and the others are told, once and without an echo', async () => {
    const failing = await made(sick, ['*']);
    await made(healthy, ['*']);
    sick.answer = status(503);
    await rename('Fails three times');
    await sick.until('account.updated', 1);
    for (const [attempt, wait] of [6_000, 360_000].entries()) {
      await settled(program);
      pass(program, wait);
      await sick.until('account.updated', attempt + 2);
    }
    const [news] = await healthy.until('webhook.delivery_exhausted', 1);
    await settled(program);
    const [delivery] = await webhooks.deliveries(failing, 'account.updated');
    expect(delivery).toMatchObject({ state: 'exhausted', attemptCount: 3, nextAttemptAt: null });
    const { attempts, ...shown } = delivery ?? { attempts: [] };
    expect(attempts.map(({ number, statusCode }) => [number, statusCode])).toEqual([
      [1, 503],
      [2, 503],
      [3, 503],
    ]);
    expect(JSON.parse(news?.body ?? '')).toMatchObject({ type: 'webhook.delivery_exhausted', data: shown });
    expect(await webhooks.deliveries(failing, 'webhook.delivery_exhausted')).toEqual([]);
    const expected = ['account.updated', 'webhook.delivery_exhausted'];
    expect(await program.events()).toEqual(['webhook.ping', 'webhook.ping', ...expected]);
  });

  it('is told to a channel in words', async () => {
    await made(sick, ['account.*']);
    await webhooks.create({ url: healthy.url, eventTypes: ['webhook.*'], format: 'slack' });
    const texts = (): string[] => healthy.received.map(({ body }) => (JSON.parse(body) as { text: string }).text);
    const untilTold = (text: string) => healthy.untilTrue(() => texts().some((told) => told.includes(text)), text);
    await untilTold('Kith is connected');
    sick.answer = status(503);
    await rename('Fails three times');
    for (const [attempt, wait] of [6_000, 360_000].entries()) {
      await sick.until('account.updated', attempt + 1);
      await settled(program);
      pass(program, wait);
    }
    await untilTold('A delivery of account.updated was given up after 3 attempts');
    sick.answer = status(410);
    await rename('Goes nowhere');
    await untilTold(`Nothing is sent to ${sick.host} any more: it says that it is gone`);
    await settled(program);
  });

  it('is not counted as failing for a failure beside a success', async () => {
    const id = await made(sick, ['account.*']);
    // The failure is answered first. Both end within one batch of results; apart, the success heals the failure.
    const failed = new Promise<void>((answered) => {
      sick.answer = (response, received) => {
        const { data } = JSON.parse(received.body) as { data: { name: string } };
        if (data.name !== 'Fails') return void failed.then(() => status(200)(response, received));
        response.once('finish', answered);
        status(500)(response, received);
      };
    });
    await Promise.all([rename('Fails'), rename('Succeeds')]);
    await sick.until('account.updated', 2);
    await settled(program);
    const { rows } = await program.pool.query('select status, failing_since as since from webhooks where id = $1', [
      id,
    ]);
    expect(rows).toEqual([{ status: 'active', since: null }]);
  });

  it('tells nothing of news that could not be delivered', async () => {
    const [first, second] = [await made(sick, ['*']), await made(healthy, ['*'])];
    sick.answer = status(503);
    healthy.answer = status(503);
    await program.events();
    await rename('Fails everywhere');
    for (const [attempt, wait] of [6_000, 360_000, 6_000, 360_000].entries()) {
      await Promise.all([sick, healthy].map((receiver) => untilAttempts(receiver, attempt + 1)));
      await settled(program);
      pass(program, wait);
    }
    await Promise.all([sick, healthy].map((receiver) => untilAttempts(receiver, 5)));
    await settled(program);
    pass(program, 400_000);
    await Promise.all([sick, healthy].map((receiver) => untilAttempts(receiver, 6)));
    await settled(program);
    for (const id of [first, second]) {
      const told = await webhooks.deliveries(id, 'webhook.delivery_exhausted');
      expect(told.map(({ state }) => state)).toEqual(['exhausted']);
    }
    const news = 'webhook.delivery_exhausted';
    expect(await program.events()).toEqual(['account.updated', news, news]);
  });

  it('is disabled after 120 hours of failures, and a success starts the count anew', async () => {
    const failing = await made(sick, ['account.*']);
    await program.events();
    const fail = async (name: string, count: number): Promise<void> => {
      await rename(name);
      await sick.until('account.updated', count);
      await settled(program);
    };
    sick.answer = status(500);
    await fail('The first failure', 1);
    program.clock.advance(119 * HOUR);
    sick.answer = status(200);
    await fail('A success, and the retry of the first', 3);
    sick.answer = status(500);
    program.clock.advance(2 * HOUR);
    await fail('The first failure after it', 4);
    program.clock.advance(119 * HOUR);
    await fail('Nearly', 6);
    expect(await statusOf(failing)).toMatchObject({ status: 'active' });
    program.clock.advance(HOUR);
    await fail('Enough', 7);
    expect(await statusOf(failing)).toMatchObject({ status: 'disabled', disabledReason: 'failing' });
    expect((await program.events()).filter((type) => type !== 'account.updated')).toContain(
      'webhook.endpoint_disabled',
    );
  });
});

/** Attempts of whatever kind, pings apart. */
async function untilAttempts(receiver: Receiver, count: number): Promise<void> {
  const sent = () => receiver.received.length - receiver.of('webhook.ping').length;
  await receiver.untilTrue(() => sent() >= count, `${count} attempts`);
}

/** The worker cancels on its own time; the end shows in the log. */
async function untilNothingWaits(): Promise<void> {
  const pending = `select from deliveries where state = 'pending' limit 1`;
  await until('no delivery waits', async () => {
    if ((await program.pool.query(pending)).rowCount === 0) return true;
    pass(program, 0);
    return false;
  });
}
