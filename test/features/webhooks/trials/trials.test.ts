import { Webhook as Verifier } from 'standardwebhooks';
import { faces } from '../../../harness/faces.js';
import type { TestProgram } from '../../../harness/program.js';
import { settled as logged } from '../../../platform/events/settled.js';
import { Receiver, status } from '../receiver.js';
import type { Received } from '../receiver.js';
import { WebhookFace, begin, pass, settled, startWorker } from '../webhook-faces.js';

type Body = Record<string, unknown>;

let shared: TestProgram;
let program: TestProgram;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await Receiver.start();
  shared = await startWorker([receiver]);
});
afterAll(async () => {
  await shared.stop();
  await receiver.stop();
});
beforeEach(async () => {
  program = await begin(shared, receiver);
});

const sent = (count: number): Promise<void> =>
  receiver.untilTrue(() => receiver.received.length >= count, `${count} requests`);

describe.each(faces)('a trial over %s', (name) => {
  const face = (key = program.key) => new WebhookFace(name, program, key);
  const made = async (input: Body): Promise<{ id: string; secret: string }> => {
    const before = receiver.received.length;
    const { data } = await face().create({ url: receiver.url, ...input });
    await sent(before + 1);
    await settled(program);
    await program.events();
    return data as { id: string; secret: string };
  };

  it('shows what would be sent, and sends exactly that, to this endpoint alone', async () => {
    const { id, secret } = await made({ eventTypes: ['account.*'] });
    await made({ eventTypes: ['*'] });
    const shown = await face().preview(id, 'reminder.due');
    expect(shown.data).toMatchObject({ eventType: 'reminder.due', contentType: 'application/json' });
    expect(JSON.parse(String(shown.data.body))).toMatchObject({
      type: 'reminder.due',
      sample: true,
      data: { state: 'scheduled' },
    });
    const delivery = await face().sample(id, 'reminder.due');
    expect(delivery.data).toMatchObject({ webhookId: id, eventType: 'webhook.sample', state: 'pending' });
    await sent(3);
    await settled(program);
    const [, , got] = receiver.received as [Received, Received, Received];
    expect(got.body).toBe(shown.data.body);
    expect(got.headers['webhook-id']).toBe(delivery.data.id);
    expect(() => new Verifier(secret).verify(got.body, got.headers as Record<string, string>)).not.toThrow();
    const [logged, ...more] = await face().deliveries(id, 'webhook.sample');
    expect([logged?.state, logged?.attempts.length, more]).toEqual(['delivered', 1, []]);
    expect(await program.events()).toEqual(['webhook.sample']);
    expect(receiver.received).toHaveLength(3);
  });

  it.each([
    ['flat', { type: 'contact.created', sample: true }],
    ['slack', { text: expect.stringMatching(/^Sample: Ada Lovelace/) }],
    ['cloudevents', { type: 'kith.contact.created', sample: true }],
  ])('is marked in %s, and has the same bytes after a failure', async (format, marked) => {
    const { id } = await made({ format });
    receiver.answer = status(500);
    await face().sample(id, 'contact.created');
    await sent(2);
    await settled(program);
    receiver.answer = status(200);
    pass(program, 10_000);
    await sent(3);
    await settled(program);
    const [, first, second] = receiver.received;
    expect(JSON.parse(first?.body ?? '')).toMatchObject(marked);
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['content-type']).toBe(first?.headers['content-type']);
  });

  it('stands in the log by its own name, and no endpoint can take it for news', async () => {
    const { id } = await made({ eventTypes: ['*'] });
    await logged(program.pool);
    const since = (await program.ask('get', '/v1/changes?since=now')).body.page.next;
    await face().sample(id, 'contact.created');
    await logged(program.pool);
    const { body } = await program.ask('get', `/v1/changes?since=${since}`);
    expect(body.data).toEqual([
      expect.objectContaining({ type: 'webhook.sample', resource: 'webhook', resourceId: id }),
    ]);
    expect((await program.ask('get', '/v1/contacts')).body.data).toEqual([]);
    expect(body.data[0].data).toEqual((await face().preview(id, 'contact.created')).data);
  });

  it('is refused in words', async () => {
    const template = '{% if type == "webhook.ping" %}{}{% elsif type == "account.updated" %}{}{% endif %}';
    const { id } = await made({ format: 'template', template, eventTypes: ['account.*'] });
    expect((await face().preview(id)).data).toMatchObject({ eventType: 'account.updated', body: '{}' });
    expect(await face().preview(id, 'contact.created')).toMatchObject({ code: 'unprocessable' });
    expect((await face().sample(id, 'contact.*')).errors[0]?.pointer).toBe('/eventType');
    expect((await face().sample(id, 'webhook.sample')).errors[0]?.pointer).toBe('/eventType');
    expect((await face().preview(id, 'nothing')).errors).toEqual([
      expect.objectContaining({ pointer: 'eventType', detail: expect.stringContaining("one event's name") }),
    ]);
    const other = face(await program.anotherAccount());
    expect([(await other.preview(id)).code, (await other.sample(id, 'contact.created')).code]).toEqual([
      'not_found',
      'not_found',
    ]);
    await program.ask('post', `/v1/webhooks/${id}/pause`);
    expect((await face().sample(id, 'account.updated')).code).toBe('conflict');
    expect((await face().preview(id)).code).toBeNull();
    expect(await program.events()).toEqual([]);
  });
});

describe.each(faces)('secrets that follow each other, rotated over %s', (name) => {
  const HOUR = 3_600_000;
  const signatures = async (id: string): Promise<number> => {
    const before = receiver.received.length;
    await program.ask('post', `/v1/webhooks/${id}/ping`);
    await sent(before + 1);
    await settled(program);
    return String(receiver.received.at(-1)?.headers['webhook-signature']).split(' ').length;
  };

  it('overlap as long as is asked', async () => {
    const face = new WebhookFace(name, program);
    const { data } = await face.create({ url: receiver.url });
    const id = String(data.id);
    await sent(1);
    await face.rotate(id, { overlap: 'P7D' });
    await face.rotate(id, { overlap: 'PT1H' });
    expect(await signatures(id)).toBe(3);
    program.clock.advance(HOUR);
    expect(await signatures(id)).toBe(2);
    program.clock.advance(7 * 24 * HOUR);
    expect(await signatures(id)).toBe(1);
    await face.rotate(id, { overlap: 'PT1H' });
    const { data: last } = await face.rotate(id, { overlap: 'PT0S' });
    expect(await signatures(id)).toBe(1);
    const headers = receiver.received.at(-1)?.headers as Record<string, string>;
    const { body } = receiver.received.at(-1) as Received;
    expect(headers['webhook-signature']).toBe(
      new Verifier(String(last.secret)).sign(
        String(headers['webhook-id']),
        new Date(Number(headers['webhook-timestamp']) * 1_000),
        body,
      ),
    );
  });

  it.each(['P8D', 'P1M', 'PT200H', '24h', '', 'PT0.5H', '-PT1H'])('refuse the overlap %j', async (overlap) => {
    const face = new WebhookFace(name, program);
    const { data } = await face.create({ url: receiver.url });
    const refused = await face.rotate(String(data.id), { overlap });
    expect(refused.errors).toEqual([expect.objectContaining({ pointer: '/overlap' })]);
  });
});
