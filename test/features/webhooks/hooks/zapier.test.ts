import type { TestProgram } from '../../../harness/program.js';
import { until as eventually } from '../../../harness/until.js';
import { Receiver, status } from '../receiver.js';
import { WebhookFace, settled, startWorker } from '../webhook-faces.js';

type Body = Record<string, unknown>;

let program: TestProgram;
let zapier: Receiver;
let webhooks: WebhookFace;

beforeEach(async () => {
  zapier = await Receiver.start();
  program = await startWorker([zapier]);
  webhooks = new WebhookFace('rest', program);
});
afterEach(async () => {
  await program.stop();
  await zapier.stop();
});

const target = (path: string): string => `http://${zapier.host}/${path}`;
const rest = (method: 'get' | 'post' | 'patch' | 'delete', path: string, body?: object) =>
  program.ask(method, path, body ? { body } : {});
const subscribe = (body: Body) => rest('post', '/v1/hooks', body);
const meet = (name: string) => rest('post', '/v1/contacts', { name, company: 'Analytical Engines' });
const bodies = (path: string): Body[] =>
  zapier.received.filter((one) => one.path === `/${path}`).map(({ body }) => JSON.parse(body) as Body);
const until = (condition: () => boolean, sought: string): Promise<void> => zapier.untilTrue(condition, sought);

/** The worker ends hooks in its own time; what is asked shows when. */
async function untilStatus(path: string, wanted: number): Promise<void> {
  await eventually(`${path} answers ${wanted}`, async () => (await rest('get', path)).status === wanted);
}

describe('the life of a Zap', () => {
  it('connects, maps fields by samples, is told flat, and leaves', async () => {
    const me = await rest('get', '/v1/me');
    expect(me.body).toMatchObject({ accountName: 'My career', timeZone: 'UTC', keyName: 'The first key' });

    const example = await rest('get', '/v1/hooks/samples/contact.created');
    expect(example.body).toEqual([
      expect.objectContaining({ type: 'contact.created', sample: true, name: 'Ada Lovelace' }),
    ]);
    await meet('Grace Hopper');
    await meet('Alan Kay');
    const samples = await rest('get', '/v1/hooks/samples/contact.*');
    expect(samples.body.map(({ name }: Body) => name)).toEqual(['Alan Kay', 'Grace Hopper']);

    const made = await subscribe({ event: 'contact.created', targetUrl: target('zap') });
    expect([made.status, made.headers.location]).toEqual([201, `/v1/hooks/${made.body.id}`]);
    expect(made.body).toMatchObject({
      event: 'contact.created',
      targetUrl: target('zap'),
      filter: null,
      status: 'active',
    });
    expect((await rest('get', `/v1/hooks/${made.body.id}`)).body).toEqual(made.body);
    expect((await rest('get', `/v1/webhooks/${made.body.id}`)).body).toMatchObject({ restHook: true, format: 'flat' });

    await meet('Barbara Liskov');
    await until(() => bodies('zap').length === 1, 'the event');
    const [told = {}] = bodies('zap');
    expect(told).toMatchObject({ type: 'contact.created', name: 'Barbara Liskov', company: 'Analytical Engines' });
    expect(Object.keys(told)).toEqual(Object.keys(samples.body[0] as Body));
    expect(
      Object.values(told).filter((value) => typeof value === 'object' && value !== null && !Array.isArray(value)),
    ).toEqual([{}]);
    expect((await rest('get', '/v1/hooks/samples/contact.created')).body[0]).toEqual(told);

    expect((await rest('delete', `/v1/hooks/${made.body.id}`)).status).toBe(204);
    expect((await rest('get', `/v1/hooks/${made.body.id}`)).status).toBe(404);
    await meet('Nobody is told');
    const other = await subscribe({ event: 'account.updated', targetUrl: target('other') });
    await rest('patch', '/v1/account', { name: 'Told elsewhere' });
    await until(() => bodies('other').length === 1, 'another event');
    await settled(program);
    expect(zapier.received.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /zap', 'POST /other']);
    expect(other.status).toBe(201);
    expect(await program.events()).toEqual([...Array(4).fill('contact.created'), 'account.updated']);
  });

  it('ends with a 410, and nobody is told of it twice', async () => {
    const { body: hook } = await subscribe({ event: 'contact.*', targetUrl: target('gone') });
    zapier.answer = status(410, 'gone');
    await meet('The last');
    await untilStatus(`/v1/hooks/${hook.id}`, 404);
    expect((await rest('get', `/v1/webhooks/${hook.id}`)).status).toBe(404);
    const { rows } = await program.pool.query('select secrets, farewells from webhooks where id = $1', [hook.id]);
    expect(rows).toEqual([{ secrets: [], farewells: 0 }]);
    zapier.answer = status(200);
    const again = await subscribe({ event: 'contact.*', targetUrl: target('gone') });
    expect([again.status, again.body.id === hook.id]).toEqual([201, false]);
    await meet('The first again');
    await until(() => zapier.received.length === 2, 'the new hook');
    await settled(program);
    expect(zapier.received.map(({ method }) => method)).toEqual(['POST', 'POST']);
  });

  it('is told with a DELETE when its hook is dropped here', async () => {
    const { body: hook } = await subscribe({ event: 'contact.*', targetUrl: target('dropped') });
    expect((await rest('delete', `/v1/webhooks/${hook.id}`)).status).toBe(204);
    await until(() => zapier.received.length === 1, 'the farewell');
    expect(zapier.received[0]).toMatchObject({ method: 'DELETE', path: '/dropped', body: '' });
    expect(zapier.received[0]?.headers['webhook-signature']).toBeUndefined();
    const awaited = 'select from webhooks where farewell_at is not null';
    await eventually('no farewell is due', async () => (await program.pool.query(awaited)).rowCount === 0);
  });

  it('is told again when it did not hear, three times in all', async () => {
    zapier.answer = (response) => void response.destroy();
    const { body: hook } = await subscribe({ event: 'contact.*', targetUrl: target('deaf') });
    await rest('delete', `/v1/webhooks/${hook.id}`);
    await until(() => zapier.received.length === 1, 'the first farewell');
    zapier.answer = status(503);
    program.clock.advance(5 * 60_000 + 1_000);
    await until(() => zapier.received.length === 2, 'the second');
    program.clock.advance(60 * 60_000 + 1_000);
    await until(() => zapier.received.length === 3, 'the third');
    const { rows } = await program.pool.query('select farewells, farewell_at from webhooks where id = $1', [hook.id]);
    expect(rows).toEqual([{ farewells: 3, farewell_at: null }]);
  });

  it('is told when it failed for 120 hours, and stays to be seen', async () => {
    const { body: hook } = await subscribe({ event: 'contact.*', targetUrl: target('failing') });
    await program.pool.query(
      `update webhooks set status = 'disabled', disabled_reason = 'failing', failing_since = now() where id = $1`,
      [hook.id],
    );
    await until(() => zapier.received.length === 1, 'the farewell');
    expect(zapier.received[0]).toMatchObject({ method: 'DELETE', path: '/failing' });
    expect((await rest('get', `/v1/hooks/${hook.id}`)).body).toMatchObject({ status: 'disabled' });
    const again = await subscribe({ event: 'contact.*', targetUrl: target('failing') });
    expect(again.body).toMatchObject({ id: hook.id, status: 'active' });
    const { rows } = await program.pool.query('select farewells from webhooks where id = $1', [hook.id]);
    expect(rows).toEqual([{ farewells: 0 }]);
  });
});

describe('n8n', () => {
  it('finds out whether its hook is there already', async () => {
    const find = async (query: Record<string, string>) =>
      (await rest('get', `/v1/hooks?${new URLSearchParams(query).toString()}`)).body.data.map(({ id }: Body) => id);
    const { body: first } = await subscribe({ event: 'reminder.due', targetUrl: target('n8n') });
    const { body: second } = await subscribe({ event: '*', targetUrl: target('n8n') });
    await webhooks.create({ url: target('n8n'), eventTypes: ['reminder.due'] });
    expect(await find({ targetUrl: target('n8n'), event: 'reminder.due' })).toEqual([first.id]);
    expect(await find({ targetUrl: target('n8n') })).toEqual([second.id, first.id]);
    expect(await find({ targetUrl: target('elsewhere') })).toEqual([]);
    const { body: page, headers } = await rest('get', '/v1/hooks?first=1');
    expect(page).toMatchObject({ data: [{ id: second.id }], page: { hasNextPage: true } });
    expect(headers.link).toContain('rel="next"');
    expect(await find({ after: page.page.endCursor })).toEqual([first.id]);
  });
});

describe('a subscription', () => {
  it('that comes again, even at the same time, is the same hook with the new filter', async () => {
    const ask = { event: 'reminder.*', targetUrl: target('twice') };
    const answers = await Promise.all([1, 2, 3, 4].map(() => subscribe(ask)));
    expect(answers.map(({ status: code }) => code).sort()).toEqual([200, 200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const filter = { title: { contains: 'Ada' } };
    const filtered = await subscribe({ ...ask, filter });
    expect(filtered.body).toMatchObject({ id: answers[0]?.body.id, filter });
    const kept = { headers: { 'idempotency-key': 'zap-1' }, body: { event: 'contact.*', targetUrl: target('twice') } };
    const [once, twice] = [await program.ask('post', '/v1/hooks', kept), await program.ask('post', '/v1/hooks', kept)];
    expect([once.status, twice.body]).toEqual([201, once.body]);
    expect(await program.events()).toEqual([]);
  });

  it.each([
    [{ event: 'nothing.happened', targetUrl: 'https://example.com/a' }, '/event'],
    [{ event: 'reminder.due', targetUrl: 'ftp://example.com/a' }, '/targetUrl'],
    [{ event: 'reminder.due', targetUrl: 'http://127.0.0.1:9/a' }, '/targetUrl'],
    [{ event: 'reminder.due' }, '/targetUrl'],
    [{ targetUrl: 'https://example.com/a' }, '/event'],
    [{ event: 'reminder.due', targetUrl: 'https://example.com/a', filter: { nope: { eq: 1 } } }, '/filter/nope'],
    [{ event: 'reminder.due', targetUrl: 'https://example.com/a', url: 'https://example.com/b' }, '/url'],
  ])('%j is refused by the name of its field', async (body, pointer) => {
    const refused = await subscribe(body);
    expect([refused.status, refused.body.errors.map((one: { pointer: string }) => one.pointer)]).toEqual([
      422,
      [pointer],
    ]);
    if (pointer === '/targetUrl') expect(refused.body.detail).toMatch(/^targetUrl /);
  });

  it('is nobody else’s, and a plain webhook is none', async () => {
    const { body: hook } = await subscribe({ event: 'contact.*', targetUrl: target('mine') });
    const { data: plain } = await webhooks.create({ url: target('plain') });
    await zapier.until('webhook.ping', 1);
    for (const method of ['get', 'delete'] as const) {
      expect((await rest(method, `/v1/hooks/${String(plain.id)}`)).status).toBe(404);
    }
    await meet('Mine alone');
    const key = await program.anotherAccount();
    for (const method of ['get', 'delete'] as const) {
      expect((await program.ask(method, `/v1/hooks/${hook.id}`, { key })).status).toBe(404);
    }
    expect((await program.ask('get', '/v1/hooks', { key })).body.data).toEqual([]);
    const { body: samples } = await program.ask('get', '/v1/hooks/samples/contact.created', { key });
    expect(samples).toEqual([expect.objectContaining({ sample: true })]);
    expect((await program.ask('get', '/v1/me', { key })).body).toMatchObject({ accountName: 'Someone else' });
  });

  it('is shown real events only by a key that may read them', async () => {
    await meet('Secret');
    const scopes = ['webhooks:read'];
    const { body: made } = await rest('post', '/v1/keys', { name: 'Few', scopes });
    const { body } = await program.ask('get', '/v1/hooks/samples/contact.created', { key: made.secret });
    expect(body).toEqual([expect.objectContaining({ sample: true })]);
    expect((await program.ask('get', '/v1/me', { key: made.secret })).body).toMatchObject({ keyName: 'Few', scopes });
    expect((await rest('get', '/v1/hooks/samples/contact')).body.errors).toEqual([
      expect.objectContaining({ pointer: 'event', code: 'unknownEvent' }),
    ]);
  });
});
