import { faceOf, faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';
import { WebhookFace } from './webhook-faces.js';

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start({ env: { WEBHOOK_ALLOW_HTTP: 'false' } });
});
afterAll(() => program.stop());

const url = 'https://hooks.example.com/kith?of=me';

describe.each(faces)('webhooks over %s', (name) => {
  const create = (input: Record<string, unknown>) => new WebhookFace(name, program).create(input);

  it('makes one, shows its secret once, and records a ping', async () => {
    const made = await create({ url, description: 'The board', eventTypes: ['reminder.*', 'account.updated'] });
    expect(made.data).toMatchObject({
      url,
      description: 'The board',
      eventTypes: ['reminder.*', 'account.updated'],
      status: 'active',
      disabledReason: null,
      version: 1,
    });
    expect(made.data.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(await program.events()).toEqual(['webhook.ping']);
    const { secret, ...shown } = made.data;
    const face = faceOf(name, program);
    expect((await face.one('Webhook', String(made.data.id))).data).toEqual(shown);
    const page = await face.page('Webhook', { filter: { url: { eq: url } } });
    expect(page.rows).toContainEqual(shown);
    expect(JSON.stringify(page)).not.toContain(String(secret).slice(6));
  });

  it('makes a REST hook without a ping, for good', async () => {
    const made = await create({ url, format: 'flat', restHook: true });
    expect(made.data).toMatchObject({ restHook: true, format: 'flat', status: 'active' });
    expect(await program.events()).toEqual([]);
    const face = faceOf(name, program);
    const id = String(made.data.id);
    expect((await face.one('Webhook', id)).data).toMatchObject({ restHook: true });
    expect((await program.ask('get', `/v1/hooks/${id}`)).body).toMatchObject({ id, targetUrl: url, event: '*' });
    expect((await face.update('Webhook', id, { restHook: false })).code).not.toBeNull();
    expect((await face.page('Webhook', { filter: { restHook: { eq: true } } })).rows.map((row) => row.id)).toEqual([
      id,
    ]);
    await face.remove('Webhook', id);
  });

  it('keeps the secret sealed, in the row and in the event', async () => {
    const { secret, id } = (await create({ url })).data as { secret: string; id: string };
    await program.events();
    const { rows } = await program.pool.query<{ row: string; data: string }>(
      `select w::text as row, e.data::text as data from webhooks w join events e on e.subject_id = w.id where w.id = $1`,
      [id],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).toContain('v1.test.');
    expect(rows[0]?.row).not.toContain(secret.slice(6));
    expect(rows[0]?.data).not.toContain(secret.slice(6));
    expect(rows[0]?.data).not.toContain('v1.test.');
  });

  it('changes one and records nothing', async () => {
    const { id } = (await create({ url })).data as { id: string };
    await program.events();
    const face = faceOf(name, program);
    const changed = await face.update('Webhook', id, { description: 'Now with words', eventTypes: ['*', '*'] });
    expect(changed.data).toMatchObject({ description: 'Now with words', eventTypes: ['*'], version: 2, url });
    expect((await face.update('Webhook', id, { description: null })).data).toMatchObject({ description: null });
    expect(await program.events()).toEqual([]);
  });

  it('pauses and activates', async () => {
    const { id } = (await create({ url })).data as { id: string };
    const face = faceOf(name, program);
    const paused = await face.act({ type: 'Webhook', id, noun: 'pause', verb: 'pauseWebhook' });
    expect(paused.data).toMatchObject({ status: 'paused' });
    const ping = await face.act({ type: 'Webhook', id, noun: 'ping', verb: 'pingWebhook' });
    expect(ping).toMatchObject({ code: 'conflict', message: 'The webhook is paused: activate it first.' });
    const active = await face.act({ type: 'Webhook', id, noun: 'activation', verb: 'activateWebhook' });
    expect(active.data).toMatchObject({ status: 'active' });
    await program.events();
    expect((await face.act({ type: 'Webhook', id, noun: 'ping', verb: 'pingWebhook' })).data).toMatchObject({ id });
    expect(await program.events()).toEqual(['webhook.ping']);
  });

  it('deletes one and destroys its secrets', async () => {
    const { id } = (await create({ url })).data as { id: string };
    await program.events();
    const face = faceOf(name, program);
    expect((await face.remove('Webhook', id)).code).toBeNull();
    expect((await face.one('Webhook', id)).code).toBe('not_found');
    expect((await face.remove('Webhook', id)).code).toBe('not_found');
    const { rows } = await program.pool.query('select secrets from webhooks where id = $1', [id]);
    expect(rows).toEqual([{ secrets: [] }]);
    expect(await program.events()).toEqual([]);
  });

  it('shows another account nothing', async () => {
    const { id } = (await create({ url })).data as { id: string };
    const other = await program.anotherAccount();
    const face = faceOf(name, program, other);
    expect((await face.one('Webhook', id)).code).toBe('not_found');
    expect((await face.update('Webhook', id, { description: 'mine' })).code).toBe('not_found');
    expect((await face.remove('Webhook', id)).code).toBe('not_found');
    expect((await new WebhookFace(name, program, other).rotate(id)).code).toBe('not_found');
    expect((await face.page('Webhook')).rows).toEqual([]);
    await program.events();
  });

  it.each([
    ['*'],
    ['account.*'],
    ['webhook.*'],
    ['account.updated'],
    ['webhook.delivery_exhausted'],
    ['webhook.endpoint_disabled'],
  ])('takes the event type %s', async (pattern) => {
    expect((await create({ url, eventTypes: [pattern] })).code).toBeNull();
    await program.events();
  });

  it.each([
    ['nothing.happened'],
    ['account.'],
    ['account'],
    ['*.updated'],
    ['account.upd*'],
    ['ACCOUNT.UPDATED'],
    [''],
  ])('refuses the event type %j and names the way out', async (pattern) => {
    const refused = await create({ url, eventTypes: ['account.updated', pattern] });
    expect(refused.code).toBe('invalid_input');
    expect(refused.errors).toEqual([expect.objectContaining({ pointer: '/eventTypes' })]);
    if (pattern !== '') expect(refused.errors[0]?.detail).toContain('account.updated');
    expect(await program.events()).toEqual([]);
  });

  it('refuses an empty list of events', async () => {
    const refused = await create({ url, eventTypes: [] });
    expect(refused.errors).toEqual([
      {
        pointer: '/eventTypes',
        code: 'arrayNotEmpty',
        detail: 'eventTypes must name at least one event; * stands for all of them.',
      },
    ]);
  });

  it('rotates at most ten secrets that are valid at once', async () => {
    const { id } = (await create({ url })).data as { id: string };
    const face = new WebhookFace(name, program);
    for (let made = 1; made < 10; made += 1) expect((await face.rotate(id)).data.secret).toMatch(/^whsec_/);
    expect((await face.rotate(id)).code).toBe('conflict');
    program.clock.advance(24 * 3_600_000);
    expect((await face.rotate(id)).data).toMatchObject({ id, version: 11 });
    await program.events();
  });
});
