import { Webhook as Verifier } from 'standardwebhooks';
import { faceOf, faces } from '../../harness/faces.js';
import type { TestProgram } from '../../harness/program.js';
import { Receiver, status } from './receiver.js';
import type { Received } from './receiver.js';
import { WebhookFace, pass, settled, startWorker } from './webhook-faces.js';

let program: TestProgram;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await Receiver.start();
  program = await startWorker([receiver]);
});
afterAll(async () => {
  await program.stop();
  await receiver.stop();
});

function verified(secret: string, { headers, body }: Received): Record<string, unknown> {
  return new Verifier(secret).verify(body, headers as Record<string, string>) as Record<string, unknown>;
}

describe.each(faces)('what is delivered to webhooks made over %s', (name) => {
  let webhooks: WebhookFace;
  let id: string;
  let secret: string;
  let pinged: Received;

  const act = (noun: string, verb: string) => faceOf(name, program).act({ type: 'Webhook', id, noun, verb });
  const renameTo = (text: string) => webhooks.rest('patch', '/v1/account', { name: text });

  beforeEach(async () => {
    receiver.answer = status(200, 'ok');
    receiver.received.length = 0;
    webhooks = new WebhookFace(name, program);
    const made = await webhooks.create({ url: receiver.url, eventTypes: ['account.*'] });
    ({ id, secret } = made.data as { id: string; secret: string });
    [pinged = pinged] = await receiver.until('webhook.ping', 1);
    await settled(program);
    await program.events();
  });
  afterEach(async () => {
    await faceOf(name, program).remove('Webhook', id);
  });

  it('is a ping at first, signed, whose data is the webhook', async () => {
    expect(verified(secret, pinged)).toMatchObject({ type: 'webhook.ping', data: { id, url: receiver.url } });
    expect(pinged.path).toBe('/hook');
    expect(pinged.headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'Kith/1 (webhooks)' });
    expect(pinged.body).not.toContain(secret.slice(6));
    const [delivery, ...more] = await webhooks.deliveries(id, 'webhook.ping');
    expect(more).toEqual([]);
    expect(delivery).toMatchObject({
      id: pinged.headers['webhook-id'],
      state: 'delivered',
      attemptCount: 1,
      nextAttemptAt: null,
      attempts: [{ number: 1, statusCode: 200, errorCode: null, response: 'ok' }],
    });
  });

  it('is logged with what was answered: nothing is null', async () => {
    for (const answer of ['', 'thanks']) {
      receiver.answer = status(200, answer);
      await act('ping', 'pingWebhook');
      await receiver.until('webhook.ping', answer === '' ? 2 : 3);
      await settled(program);
    }
    const pings = await webhooks.deliveries(id, 'webhook.ping');
    expect(pings.slice(1).map(({ attempts }) => attempts[0]?.response)).toEqual([null, 'thanks']);
  });

  it('is the text of the log, with what it was before', async () => {
    await renameTo('Grüße 🎉 "quoted" \\ back');
    const [sent] = await receiver.until('account.updated', 1);
    const { rows } = await program.pool.query<{ data: string; previous: string; sequence: number }>(
      `select data::text, previous::text, sequence from events where type = 'account.updated' order by sequence desc limit 1`,
    );
    const event = rows[0];
    expect(sent?.body).toContain(`,"sequence":${event?.sequence},"data":${event?.data},"previous":${event?.previous}}`);
    expect(sent && verified(secret, sent)).toMatchObject({
      type: 'account.updated',
      timestamp: program.clock.now().toISOString(),
      data: { name: 'Grüße 🎉 "quoted" \\ back' },
    });
    expect(await program.events()).toEqual(['account.updated']);
  });

  it('goes to those who asked for it, by name, by noun or for everything, and a ping only where it is asked', async () => {
    const others = await Promise.all(
      [['account.updated'], ['*'], ['reminder.*'], ['webhook.*'], ['contact.created', 'account.*']].map((eventTypes) =>
        webhooks.create({ url: receiver.url, eventTypes }),
      ),
    );
    await receiver.until('webhook.ping', 6);
    await renameTo(`Wildcards over ${name}`);
    await receiver.until('account.updated', 4);
    await act('ping', 'pingWebhook');
    await receiver.until('webhook.ping', 7);
    await settled(program);
    const asked = await Promise.all(
      others.map(async ({ data }) => {
        const sent = await webhooks.deliveries(String(data.id), 'account.updated');
        const pings = await webhooks.deliveries(String(data.id), 'webhook.ping');
        return [sent.length, pings.length];
      }),
    );
    expect(asked).toEqual([
      [1, 1],
      [1, 1],
      [0, 1],
      [0, 1],
      [1, 1],
    ]);
    expect(await webhooks.deliveries(id, 'webhook.ping')).toHaveLength(2);
    for (const { data } of others) await faceOf(name, program).remove('Webhook', String(data.id));
  });

  it('is not what happens while the webhook is paused', async () => {
    await act('pause', 'pauseWebhook');
    await renameTo(`Unheard over ${name}`);
    await act('activation', 'activateWebhook');
    await renameTo(`Heard over ${name}`);
    const [first] = await receiver.until('account.updated', 1);
    expect(first?.body).toContain(`"Heard over ${name}"`);
    await settled(program);
    expect(await webhooks.deliveries(id, 'account.updated')).toHaveLength(1);
  });

  it('is tried again after a failure, under the same id and with the same bytes', async () => {
    receiver.answer = status(500, 'not now');
    await renameTo(`Retried over ${name}`);
    const [first] = await receiver.until('account.updated', 1);
    await settled(program);
    const [failed] = await webhooks.deliveries(id, 'account.updated');
    expect(failed).toMatchObject({ state: 'pending', attemptCount: 1 });
    const wait = Date.parse(String(failed?.nextAttemptAt)) - program.clock.now().getTime();
    expect(wait).toBeGreaterThanOrEqual(4_000);
    expect(wait).toBeLessThanOrEqual(6_000);
    receiver.answer = status(204);
    pass(program, wait + 1);
    const [, second] = await receiver.until('account.updated', 2);
    await settled(program);
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(Number(second?.headers['webhook-timestamp'])).toBeGreaterThan(Number(first?.headers['webhook-timestamp']));
    expect(second && verified(secret, second)).toMatchObject({ type: 'account.updated' });
    expect(await webhooks.deliveries(id, 'account.updated')).toMatchObject([
      {
        state: 'delivered',
        attemptCount: 2,
        attempts: [
          { number: 1, statusCode: 500, response: 'not now' },
          { number: 2, statusCode: 204, response: null },
        ],
      },
    ]);
    expect(await program.events()).toEqual(['account.updated']);
  });

  it('waits as long as the endpoint asks, but no longer than twice the schedule', async () => {
    receiver.answer = status(429, '', { 'retry-after': '3600' });
    await renameTo(`Asked to wait over ${name}`);
    await receiver.until('account.updated', 1);
    await settled(program);
    const [delivery] = await webhooks.deliveries(id, 'account.updated');
    const wait = Date.parse(String(delivery?.nextAttemptAt)) - program.clock.now().getTime();
    expect(wait).toBeGreaterThanOrEqual(8_000);
    expect(wait).toBeLessThanOrEqual(12_000);
  });

  it('follows no redirect', async () => {
    receiver.answer = status(302, '', { location: `${receiver.url}/elsewhere` });
    await renameTo(`Redirected over ${name}`);
    await receiver.until('account.updated', 1);
    await settled(program);
    const [delivery] = await webhooks.deliveries(id, 'account.updated');
    expect(delivery).toMatchObject({
      state: 'pending',
      attempts: [{ statusCode: 302, errorCode: 'redirect_not_followed' }],
    });
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hook', '/hook']);
  });

  it('keeps 4 kB of an answer, as text that can be stored', async () => {
    receiver.answer = (response) => response.writeHead(200).end(Buffer.alloc(300_000, 'a\u0000\u00ff', 'latin1'));
    await renameTo(`Answered at length over ${name}`);
    await receiver.until('account.updated', 1);
    await settled(program);
    const [delivery] = await webhooks.deliveries(id, 'account.updated');
    expect(delivery).toMatchObject({ state: 'delivered', attempts: [{ statusCode: 200, errorCode: null }] });
    expect(delivery?.attempts[0]?.response).toBe('a\uFFFD\uFFFD'.repeat(1_366).slice(0, 4_096));
  });

  it('is signed with both secrets while one follows the other, and then with the new one', async () => {
    const followed = (await webhooks.rotate(id)).data.secret as string;
    expect(followed).not.toBe(secret);
    await act('ping', 'pingWebhook');
    const [, both] = await receiver.until('webhook.ping', 2);
    expect(String(both?.headers['webhook-signature']).split(' ')).toHaveLength(2);
    expect(both && verified(secret, both)).toMatchObject({ type: 'webhook.ping' });
    expect(both && verified(followed, both)).toMatchObject({ type: 'webhook.ping' });
    program.clock.advance(24 * 3_600_000);
    await act('ping', 'pingWebhook');
    const [, , one] = await receiver.until('webhook.ping', 3);
    program.clock.advance(-24 * 3_600_000);
    expect(String(one?.headers['webhook-signature']).split(' ')).toHaveLength(1);
    await settled(program);
    const stamped = { ...one, headers: { ...one?.headers } } as Received;
    expect(() => verified(secret, stamped)).toThrow();
  });

  it('is sent once more on demand, under the same id', async () => {
    await renameTo(`Resent over ${name}`);
    const [first] = await receiver.until('account.updated', 1);
    await settled(program);
    const [delivery] = await webhooks.deliveries(id, 'account.updated');
    const again = await webhooks.resend(String(delivery?.id));
    expect(again.data).toMatchObject({ id: delivery?.id, state: 'pending', attemptCount: 1 });
    const [, second] = await receiver.until('account.updated', 2);
    await settled(program);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.body).toBe(first?.body);
    expect(await webhooks.deliveries(id, 'account.updated')).toMatchObject([{ state: 'delivered', attemptCount: 2 }]);
    await act('pause', 'pauseWebhook');
    expect((await webhooks.resend(String(delivery?.id))).code).toBe('conflict');
    expect((await webhooks.resend(id)).code).toBe('not_found');
    expect(await program.events()).toEqual(['account.updated']);
  });
});
