import { faceOf, faces } from '../../harness/faces.js';
import type { TestProgram } from '../../harness/program.js';
import { Receiver } from './receiver.js';
import { WebhookFace, settled, startWorker } from './webhook-faces.js';

const VALUE = 'only the receiver knows 1';

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

describe.each(faces)('headers of an endpoint made over %s', (name) => {
  let webhooks: WebhookFace;
  beforeEach(() => {
    webhooks = new WebhookFace(name, program);
    receiver.received.length = 0;
  });

  it('come with every attempt, beside ours', async () => {
    const headers = { 'X-Api-Key': VALUE, Authorization: 'Basic dTpw' };
    const { data } = await webhooks.create({ url: receiver.url, eventTypes: ['webhook.*'], headers });
    const [ping] = await receiver.until('webhook.ping', 1);
    expect(ping?.headers).toMatchObject({
      'x-api-key': VALUE,
      authorization: 'Basic dTpw',
      'content-type': 'application/json',
      'webhook-id': expect.any(String),
    });
    await settled(program);
    await faceOf(name, program).remove('Webhook', String(data.id));
  });

  it('are sealed in the row, and shown by their names alone', async () => {
    const { data } = await webhooks.create({
      url: receiver.url,
      eventTypes: ['webhook.*'],
      headers: { 'X-Key': VALUE },
    });
    const id = String(data.id);
    expect(data).toMatchObject({ headerNames: ['X-Key'] });
    const shown = (await faceOf(name, program).one('Webhook', id)).data;
    expect(shown).toMatchObject({ headerNames: ['X-Key'] });
    const { rows } = await program.pool.query<{ row: string; log: string }>(
      `select w::text as row, (select string_agg(e.data::text, ' ') from events e where e.subject_id = w.id) as log
       from webhooks w where id = $1`,
      [id],
    );
    expect(rows[0]?.row).toContain('v1.test.');
    for (const text of [JSON.stringify(data), JSON.stringify(shown), rows[0]?.row, rows[0]?.log]) {
      expect(text).not.toContain(VALUE);
    }
    await receiver.until('webhook.ping', 1);
    await settled(program);
    await faceOf(name, program).remove('Webhook', id);
    const left = await program.pool.query('select headers, header_names from webhooks where id = $1', [id]);
    expect(left.rows).toEqual([{ headers: [], header_names: [] }]);
  });

  it('are replaced as a whole, taken away with null, and left alone when nothing is said of them', async () => {
    const first = { url: receiver.url, eventTypes: ['account.*'], headers: { 'X-One': '1', 'X-Two': '2' } };
    const id = String((await webhooks.create(first)).data.id);
    const face = faceOf(name, program);
    expect((await face.update('Webhook', id, { description: 'As before' })).data.headerNames).toEqual([
      'X-One',
      'X-Two',
    ]);
    expect((await face.update('Webhook', id, { headers: { 'X-Three': '3' } })).data.headerNames).toEqual(['X-Three']);
    await webhooks.rest('patch', '/v1/account', { name: `The third over ${name}` });
    const [told] = await receiver.until('account.updated', 1);
    expect(told?.headers).toMatchObject({ 'x-three': '3' });
    expect(told?.headers).not.toHaveProperty('x-one');
    expect((await face.update('Webhook', id, { headers: null })).data.headerNames).toEqual([]);
    await settled(program);
    await face.remove('Webhook', id);
  });

  it.each(['webhook', 'hook'])(
    'of a %s are forgotten at another URL, and do not come back with the old one',
    async (kind) => {
      const face = faceOf(name, program);
      const made =
        kind === 'webhook'
          ? (await webhooks.create({ url: receiver.url, eventTypes: ['contact.*'] })).data
          : (await webhooks.rest('post', '/v1/hooks', { event: 'contact.created', targetUrl: receiver.url })).data;
      const id = String(made.id);
      const namesAfter = async (input: Record<string, unknown>): Promise<unknown> =>
        (await face.update('Webhook', id, input)).data.headerNames;
      const stored = async () =>
        (await program.pool.query('select headers, secrets from webhooks where id = $1', [id])).rows[0];
      expect(await namesAfter({ headers: { 'X-Key': VALUE } })).toEqual(['X-Key']);
      expect(await namesAfter({ url: receiver.url })).toEqual(['X-Key']);
      const before = await stored();
      await webhooks.rotate(id);
      expect((await stored()).headers).toEqual(before.headers);
      expect((await stored()).secrets).not.toEqual(before.secrets);
      expect(await namesAfter({ url: `${receiver.url}/elsewhere` })).toEqual([]);
      expect((await stored()).headers).toEqual([]);
      expect(await namesAfter({ url: receiver.url })).toEqual([]);
      expect(await namesAfter({ url: `${receiver.url}/third`, headers: { 'X-New': VALUE } })).toEqual(['X-New']);
      await settled(program);
      await face.remove('Webhook', id);
    },
  );

  it.each([
    [{ 'webhook-id': 'mine' }, '/headers/webhook-id', 'notReserved'],
    [{ Host: 'elsewhere.example' }, '/headers/Host', 'notReserved'],
    [{ 'Content-Length': '3' }, '/headers/Content-Length', 'notReserved'],
    [{ 'Proxy-Authorization': 'x' }, '/headers/Proxy-Authorization', 'notReserved'],
    [{ 'X Key': '1' }, '/headers/X Key', 'isHeaderName'],
    [{ 'X-Key:': '1' }, '/headers/X-Key:', 'isHeaderName'],
    [{ 'X-Key': '1', 'x-key': '2' }, '/headers/x-key', 'arrayUnique'],
    [{ 'X-Key': 'a\r\nX-Other: b' }, '/headers/X-Key', 'isHeaderValue'],
    [{ 'X-Key': '' }, '/headers/X-Key', 'isHeaderValue'],
    [{ 'X-Key': 'ключ' }, '/headers/X-Key', 'isHeaderValue'],
    [{ 'X-Key': 7 }, '/headers/X-Key', 'isHeaderValue'],
    [{ 'X-Key': 'x'.repeat(2_001) }, '/headers/X-Key', 'isHeaderValue'],
    [Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`X-${n}`, '1'])), '/headers', 'maxProperties'],
  ])('are refused when HTTP or the signature could not bear them: %j', async (headers, pointer, code) => {
    const { errors } = await webhooks.create({ url: receiver.url, headers });
    expect(errors).toEqual([expect.objectContaining({ pointer, code })]);
  });
});
