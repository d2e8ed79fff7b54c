import { Webhook as Verifier } from 'standardwebhooks';
import { faceOf, faces } from '../../harness/faces.js';
import type { TestProgram } from '../../harness/program.js';
import { Receiver, status } from './receiver.js';
import { WebhookFace, begin, pass, settled, startWorker } from './webhook-faces.js';

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

const JSON_TEMPLATE = '{"type":{{ type | json }}}';

const count = (many: number): Promise<void> =>
  receiver.untilTrue(() => receiver.received.length >= many, `${many} requests`);

describe.each(faces)('a webhook with a format, made over %s', (name) => {
  const made = async (input: Record<string, unknown>): Promise<{ id: string; secret: string }> => {
    const before = receiver.received.length;
    const { data, code } = await new WebhookFace(name, program).create({ url: receiver.url, ...input });
    expect(code).toBeNull();
    await count(before + 1);
    await settled(program);
    await program.events();
    return data as { id: string; secret: string };
  };
  const refused = async (input: Record<string, unknown>): Promise<unknown[]> => {
    const { errors } = await new WebhookFace(name, program).create({ url: receiver.url, ...input });
    return errors.map(({ pointer, code }) => [pointer, code]);
  };
  const rename = (text: string) => new WebhookFace('rest', program).rest('patch', '/v1/account', { name: text });

  it.each(['flat', 'slack', 'discord', 'teams', 'cloudevents'])(
    'sends %s, signed, and the same bytes again',
    async (format) => {
      const { secret } = await made({ format, eventTypes: ['account.*'] });
      receiver.answer = status(500);
      await rename(`Told in ${format} over ${name}`);
      await count(2);
      await settled(program);
      receiver.answer = status(200);
      pass(program, 10_000);
      await count(3);
      await settled(program);
      const [, first, second] = receiver.received;
      expect(second?.body).toBe(first?.body);
      expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
      const headers = second?.headers as Record<string, string>;
      expect(() => new Verifier(secret).verify(second?.body ?? '', headers)).not.toThrow();
      expect(await program.events()).toEqual(['account.updated']);
    },
  );

  it('shows its settings, and judges them together', async () => {
    const { id } = await made({ format: 'template', template: JSON_TEMPLATE, thin: true });
    const face = faceOf(name, program);
    expect((await face.one('Webhook', id)).data).toMatchObject({
      format: 'template',
      template: JSON_TEMPLATE,
      thin: true,
    });
    expect((await face.update('Webhook', id, { format: 'slack' })).errors[0]).toMatchObject({ pointer: '/thin' });
    expect((await face.update('Webhook', id, { template: null })).errors[0]).toMatchObject({ pointer: '/template' });
    const slack = await face.update('Webhook', id, { format: 'slack', thin: false, template: null });
    expect(slack.data).toMatchObject({ format: 'slack', thin: false, template: null });
    expect(await refused({ format: 'template' })).toEqual([['/template', 'isTemplate']]);
    expect(await refused({ template: '{% if %}' })).toEqual([['/template', 'isTemplate']]);
    expect(await refused({ thin: true, format: 'teams' })).toEqual([['/thin', 'notWithFormat']]);
    expect(await program.events()).toEqual([]);
  });

  it('gives Slack up for good when it says so', async () => {
    const { id } = await made({ format: 'slack', eventTypes: ['account.*'] });
    receiver.answer = status(404, 'no_service');
    await rename(`Gone over ${name}`);
    await count(2);
    await settled(program);
    expect((await faceOf(name, program).one('Webhook', id)).data).toMatchObject({
      status: 'disabled',
      disabledReason: 'gone',
    });
    expect(await new WebhookFace(name, program).deliveries(id, 'account.updated')).toMatchObject([
      { state: 'exhausted', attemptCount: 1 },
    ]);
    const told = ['webhook.delivery_exhausted', 'webhook.endpoint_disabled'];
    expect((await program.events()).sort()).toEqual(['account.updated', ...told]);
  });

  it('makes no delivery of what its filter turns away', async () => {
    const filter = {
      or: [{ name: { startsWith: 'wanted (' } }, { name: { eq: 'Exactly "this"' } }],
      version: { gt: 1 },
    };
    const { id } = await made({ eventTypes: ['account.*'], filter });
    expect((await faceOf(name, program).one('Webhook', id)).data).toMatchObject({ filter });
    for (const text of ['Not wanted (', 'Wanted (1) 🎉', 'exactly "this"', 'Exactly "this"']) await rename(text);
    await count(3);
    await settled(program);
    const bodies = receiver
      .of('account.updated')
      .map(({ body }) => (JSON.parse(body) as { data: { name: string } }).data.name);
    expect(bodies.sort()).toEqual(['Exactly "this"', 'Wanted (1) 🎉']);
    expect(await new WebhookFace(name, program).deliveries(id, 'account.updated')).toHaveLength(2);
    await faceOf(name, program).update('Webhook', id, { filter: null });
    await rename('Anything');
    await count(4);
    await settled(program);
  });

  it.each([
    '{"text": "{{ data.title }}"}',
    '{"text": {{ data.title }}}',
    '[{"text": "{{ data.title | upcase }}"}]',
    '{"text": {{ data.title | json }}, "more": "{{ data.title }}"}',
  ])('refuses the template %s, whose JSON a title can break, and names the filter that mends it', async (template) => {
    expect(await refused({ eventTypes: ['reminder.due'], format: 'template', template })).toEqual([
      ['/template', 'isJson'],
    ]);
  });

  it.each([
    [['reminder.due'], { title: { eq: 'x' }, company: { eq: 'high' } }, '/filter/company', 'unknownField'],
    [['*'], { name: { eq: 'x' } }, '/filter/name', 'unknownField'],
    [['contact.*'], { name: { like: 'x' } }, '/filter/name/like', 'unknownOperator'],
    [['contact.*'], { custom: { eq: 'x' } }, '/filter/custom', 'unknownField'],
    [['contact.*'], { nextTouchAt: { lt: 'P7D' } }, '/filter/nextTouchAt/lt', 'isInstant'],
    [['contact.*'], { relation: { eq: 'foe' } }, '/filter/relation/eq', 'notAcceptable'],
    [['contact.*'], { name: 'x' }, '/filter/name', 'notAnObject'],
    [['contact.*'], { or: {} }, '/filter/or', 'notAList'],
    [['contact.*'], { not: { not: { not: { not: { not: {} } } } } }, '/filter/not/not/not/not/not', 'tooDeep'],
  ])('of %j refuses the filter %j', async (eventTypes, filter, pointer, code) => {
    expect(await refused({ eventTypes, filter })).toEqual([[pointer, code]]);
  });

  it.each([
    ['custom', ['contact.created'], 'custom cannot be compared in all of these events'],
    ['company', ['contact.created', 'reminder.due'], 'company is not in reminder.due'],
  ])('says of the filter on %s over %j: %s', async (field, eventTypes, says) => {
    const filter = { [field]: { eq: 'x' } };
    const { errors } = await new WebhookFace(name, program).create({ url: receiver.url, eventTypes, filter });
    expect(errors).toMatchObject([{ code: 'unknownField', detail: expect.stringContaining(says) }]);
  });
});
