import supertest from 'supertest';
import { faceOf, faces } from '../../harness/faces.js';
import type { TestProgram } from '../../harness/program.js';
import { until } from '../../harness/until.js';
import { Receiver, status } from './receiver.js';
import { WebhookFace, begin, settled, startWorker } from './webhook-faces.js';

let shared: TestProgram;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await Receiver.start();
  shared = await startWorker([receiver]);
});
afterAll(async () => {
  await shared.stop();
  await receiver.stop();
});

describe.each(faces)('what an endpoint may be sent, over %s', (name) => {
  let program: TestProgram;
  beforeEach(async () => {
    program = await begin(shared, receiver);
    receiver.answer = status(200, 'ok');
  });

  const keyOf = async (scopes: string[], expiresAt?: string): Promise<{ id: string; secret: string }> => {
    const { body } = await program.ask('post', '/v1/keys', { body: { name: scopes.join(), scopes, expiresAt } });
    return body as { id: string; secret: string };
  };
  const faceWith = (key: string) => faceOf(name, program, key);
  const webhooksOf = (key: string) => new WebhookFace(name, program, key);
  const all = () => ({ url: receiver.url, eventTypes: ['*'] });
  const one = async (id: unknown) => (await faceOf(name, program).one('Webhook', String(id))).data;
  const pinged = async (): Promise<void> => {
    await receiver.until('webhook.ping', 1);
    await settled(program);
    receiver.forget();
  };

  it('is what its key may read', async () => {
    const key = await keyOf(['webhooks:write', 'contacts:read']);
    const { data } = await webhooksOf(key.secret).create(all());
    expect(await one(data.id)).toMatchObject({ keyId: key.id, scopes: ['webhooks:write', 'contacts:read'] });
    await pinged();
    await faceOf(name, program).create('Reminder', { title: 'Not for this endpoint', dueAt: '2100-01-01T00:00:00Z' });
    await faceOf(name, program).create('Contact', { name: 'Ada' });
    await receiver.until('contact.created', 1);
    await settled(program);
    expect(receiver.received.map(({ type }) => type)).toEqual(['contact.created']);
  });

  it('is something: a key that may read none of the events makes no endpoint', async () => {
    const { secret } = await keyOf(['webhooks:*', 'reminders:read']);
    const made = await webhooksOf(secret).create({ url: receiver.url, eventTypes: ['contact.*'] });
    expect(made).toMatchObject({ code: 'forbidden' });
    const { data } = await webhooksOf(secret).create({ url: receiver.url, eventTypes: ['reminder.*'] });
    const update = { eventTypes: ['contact.created'] };
    expect(await faceOf(name, program).update('Webhook', String(data.id), update)).toMatchObject({ code: 'forbidden' });
    await pinged();
  });

  it('is, at another URL, what the key may read that gave it, without the headers of the old one', async () => {
    const other = await Receiver.start();
    const headers = { 'X-Api-Key': 'a secret' };
    const { data } = await webhooksOf(program.key).create({ ...all(), headers });
    await pinged();
    const { secret, id } = await keyOf(['webhooks:*', 'reminders:read']);
    const url = `${receiver.url}/elsewhere`;
    const moved = await faceWith(secret).update('Webhook', String(data.id), { url });
    expect(moved.data).toMatchObject({ url, headerNames: [], keyId: id, scopes: ['webhooks:*', 'reminders:read'] });
    await faceOf(name, program).create('Contact', { name: 'Ada' });
    await faceOf(name, program).create('Reminder', { title: 'Seen', dueAt: '2100-01-01T00:00:00Z' });
    const [sent] = await receiver.until('reminder.created', 1);
    expect(sent?.headers).not.toHaveProperty('x-api-key');
    expect(receiver.of('contact.created')).toEqual([]);
    const again = await faceOf(name, program).update('Webhook', String(data.id), { url: receiver.url, headers });
    expect(again.data).toMatchObject({ headerNames: ['X-Api-Key'], scopes: ['*'] });
    await other.stop();
  });

  it('keeps its headers and its key when anything else is changed', async () => {
    const { data } = await webhooksOf(program.key).create({ ...all(), headers: { 'X-Api-Key': 'a secret' } });
    await pinged();
    const { secret } = await keyOf(['webhooks:*']);
    const input = { description: 'Mine', url: receiver.url };
    const { keyId, scopes } = await one(data.id);
    const changed = await faceWith(secret).update('Webhook', String(data.id), input);
    expect(changed.data).toMatchObject({ headerNames: ['X-Api-Key'], description: 'Mine', keyId, scopes });
  });

  it('is nothing once its key is revoked, until another key activates it', async () => {
    const key = await keyOf(['webhooks:*', 'contacts:read']);
    const { data } = await webhooksOf(key.secret).create(all());
    const watching = await webhooksOf(program.key).create({ url: receiver.url, eventTypes: ['webhook.*'] });
    await receiver.until('webhook.ping', 2);
    await settled(program);
    await program.events();
    await faceOf(name, program).act({ type: 'ApiKey', id: key.id, noun: 'revocation', verb: 'revokeKey' });
    expect(await one(data.id)).toMatchObject({ status: 'disabled', disabledReason: 'key_revoked' });
    expect(await one(watching.data.id)).toMatchObject({ status: 'active' });
    expect(await program.events()).toEqual(['webhook.endpoint_disabled']);
    await receiver.until('webhook.endpoint_disabled', 1);
    await faceOf(name, program).create('Contact', { name: 'Unseen' });
    await until('no event waits', async () => (await program.pool.query('select from outbox')).rowCount === 0);
    const active = { type: 'Webhook', id: String(data.id), noun: 'activation', verb: 'activateWebhook' };
    expect((await faceOf(name, program).act(active)).data).toMatchObject({ status: 'active', scopes: ['*'] });
    await faceOf(name, program).create('Contact', { name: 'Seen' });
    const [sent] = await receiver.until('contact.created', 1);
    expect(sent?.body).toContain('"name":"Seen"');
  });

  it('is nothing once its key has expired', async () => {
    const expiresAt = new Date(program.clock.now().getTime() + 60_000).toISOString();
    const key = await keyOf(['webhooks:*', 'contacts:read'], expiresAt);
    const { data } = await webhooksOf(key.secret).create(all());
    await pinged();
    await program.events();
    await until('the endpoint is disabled', async () => {
      program.clock.advance(60_000);
      return (await one(data.id)).status === 'disabled';
    });
    expect(await one(data.id)).toMatchObject({ disabledReason: 'key_expired' });
    expect(await program.events()).toEqual(['webhook.endpoint_disabled']);
  });

  it('has links that answer rings only if its key may answer them', async () => {
    const reading = await keyOf(['webhooks:*', 'reminders:read']);
    await webhooksOf(reading.secret).create({ url: `${receiver.url}/reading`, eventTypes: ['reminder.due'] });
    await webhooksOf(program.key).create({ url: `${receiver.url}/writing`, eventTypes: ['reminder.due'] });
    await receiver.until('webhook.ping', 2);
    const dueAt = new Date(program.clock.now().getTime() + 1_000).toISOString();
    await faceOf(name, program).create('Reminder', { title: 'Write to Ada', dueAt });
    program.clock.advance(2_000);
    const sent = await receiver.until('reminder.due', 2);
    const withLinks = sent.filter(({ body }) => body.includes('"actions":')).map(({ path }) => path);
    expect(withLinks).toEqual(['/hook/writing']);
  });

  it('shows what a ring is about only if its key may read that', async () => {
    const scopes = [
      ['webhooks:*', 'reminders:read'],
      ['webhooks:*', 'reminders:read', 'contacts:read'],
    ];
    for (const [n, held] of scopes.entries()) {
      const { secret } = await keyOf(held);
      await webhooksOf(secret).create({ url: `${receiver.url}/${n}`, eventTypes: ['reminder.due'] });
      await webhooksOf(secret).create({ url: `${receiver.url}/${n}`, eventTypes: ['reminder.due'], format: 'flat' });
    }
    await receiver.until('webhook.ping', 4);
    const contact = { name: 'Ada', tier: 'inner', metOn: '2020-01-10', emails: ['canary@example.org'] };
    await faceOf(name, program).create('Contact', contact);
    const sent = await receiver.until('reminder.due', 4);
    expect(sent.filter(({ body }) => body.includes('canary')).map(({ path }) => path)).toEqual(['/hook/1', '/hook/1']);
    for (const { body } of sent) expect(body).toContain('Ada');
  });

  it('has links that do nothing once its key is revoked', async () => {
    const key = await keyOf(['webhooks:*', 'reminders:*', 'contacts:read']);
    await webhooksOf(key.secret).create({ url: receiver.url, eventTypes: ['reminder.due'] });
    await receiver.until('webhook.ping', 1);
    await faceOf(name, program).create('Reminder', { title: 'Write', dueAt: program.clock.now().toISOString() });
    const [sent] = await receiver.until('reminder.due', 1);
    const { actions } = JSON.parse(sent?.body ?? '') as { actions: { url: string }[] };
    const path = new URL(actions[0]?.url ?? '').pathname;
    const bare = (method: 'get' | 'post', accept: string) =>
      supertest(program.app.getHttpServer())[method](path).set('accept', accept);
    expect((await bare('get', 'text/html')).status).toBe(200);
    await program.ask('post', `/v1/keys/${key.id}/revocation`);
    for (const method of ['get', 'post'] as const) {
      const page = await bare(method, 'text/html');
      expect([page.status, page.text]).toEqual([403, expect.stringContaining('was revoked')]);
      expect((await bare(method, 'application/json')).body.code).toBe('forbidden');
    }
    expect((await program.ask('get', '/v1/occurrences?filter[state][eq]=open')).body.data).toHaveLength(1);
  });
});
