import { RingsService } from '../../../../src/features/reminders/ringing/rings.service.js';
import { faceOf, faces } from '../../../harness/faces.js';
import type { TestProgram } from '../../../harness/program.js';
import { Receiver } from '../receiver.js';
import type { Received } from '../receiver.js';
import { WebhookFace, begin, settled, startWorker } from '../webhook-faces.js';

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

/** The one delivery to an endpoint of this kind that a ring makes, and what arrived. */
async function rung(input: Body): Promise<{ id: string; got: Received }> {
  const face = new WebhookFace('rest', program, program.key);
  const { data } = await face.create({ url: receiver.url, eventTypes: ['reminder.due'], ...input });
  await receiver.untilTrue(() => receiver.received.length === 1, 'the ping');
  const body = { title: 'Write to Ada', dueAt: program.clock.now().toISOString(), priority: 'high' };
  await program.ask('post', '/v1/reminders', { body });
  await program.app.get(RingsService).ringDue();
  await receiver.untilTrue(() => receiver.received.length === 2, 'the ring');
  await settled(program);
  const [delivery] = await face.deliveries(String(data.id), 'reminder.due');
  return { id: delivery?.id ?? '', got: receiver.received[1] as Received };
}

const inert = (body: string): string => body.replace(/\/actions\/[\w-]{91}\//g, '/actions/sample/');

describe.each(faces)('what a delivery said, over %s', (name) => {
  const face = (key = program.key) => new WebhookFace(name, program, key);

  it.each(['standard', 'flat', 'slack', 'cloudevents'])(
    'is what arrived as %s, but for links that act',
    async (format) => {
      const { id, got } = await rung({ format });
      expect(got.body).toMatch(/\/actions\/[\w-]{91}\//);
      const { data } = await face().message(id);
      expect(data.contentType).toBe(got.headers['content-type']);
      expect(JSON.parse(String(data.body))).toEqual(JSON.parse(inert(got.body)));
      expect(data.body).toContain('/actions/sample/');
    },
  );

  it('is what arrived of a change, with what it was before', async () => {
    const { data } = await face().create({ url: receiver.url, eventTypes: ['account.updated'] });
    await receiver.untilTrue(() => receiver.received.length === 1, 'the ping');
    await program.ask('patch', '/v1/account', { body: { name: `Renamed over ${name}` } });
    const [got] = await receiver.until('account.updated', 1);
    await settled(program);
    const [delivery] = await face().deliveries(String(data.id), 'account.updated');
    const message = await face().message(delivery?.id ?? '');
    expect(JSON.parse(got?.body ?? '')).toHaveProperty('previous.name');
    expect(JSON.parse(String(message.data.body))).toEqual(JSON.parse(got?.body ?? ''));
  });

  it('is for who may read such events, of this account', async () => {
    const { id } = await rung({});
    const { body } = await program.ask('post', '/v1/keys', { body: { name: 'Log', scopes: ['webhooks:read'] } });
    expect((await face(String(body.secret)).message(id)).code).toBe('forbidden');
    expect((await face(await program.anotherAccount()).message(id)).code).toBe('not_found');
  });

  it('says that the template of now fails with that event', async () => {
    const template = '{{ type | json }}';
    const { data } = await face().create({
      url: receiver.url,
      format: 'template',
      template,
      eventTypes: ['account.*'],
    });
    await receiver.untilTrue(() => receiver.received.length === 1, 'the ping');
    await program.ask('patch', '/v1/account', { body: { name: `Told over ${name}` } });
    await receiver.untilTrue(() => receiver.received.length === 2, 'the change');
    await settled(program);
    const [delivery] = await face().deliveries(String(data.id), 'account.updated');
    const endless = '{% for n in (1..1000000) %}{{ n }}{% endfor %}';
    const failing = `{% if data.name == 'Told over ${name}' %}${endless}{% endif %}{{ type }}`;
    expect((await faceOf(name, program).update('Webhook', String(data.id), { template: failing })).code).toBeNull();
    expect(await face().message(delivery?.id ?? '')).toMatchObject({ code: 'unprocessable' });
  });

  it('is of a sample what was sent as one', async () => {
    const { data } = await face().create({ url: receiver.url, format: 'slack' });
    await receiver.untilTrue(() => receiver.received.length === 1, 'the ping');
    const sample = await face().sample(String(data.id), 'reminder.due');
    await receiver.untilTrue(() => receiver.received.length === 2, 'the sample');
    await settled(program);
    const message = await face().message(String(sample.data.id));
    expect(message.data.body).toBe(receiver.received[1]?.body);
  });
});
