import supertest from 'supertest';
import type { Test } from 'supertest';
import { Receiver, status } from '../webhooks/receiver.js';
import { pass, settled, startWorker } from '../webhooks/webhook-faces.js';
import type { TestProgram } from '../../harness/program.js';

interface Action {
  readonly name: string;
  readonly title: string;
  readonly method: string;
  readonly url: string;
  readonly expiresAt: string;
}

const DAY = 86_400_000;

describe('action links', () => {
  let program: TestProgram;
  let receiver: Receiver;

  beforeEach(async () => {
    receiver = await Receiver.start();
    program = await startWorker([receiver]);
  });
  afterEach(async () => {
    await program.stop();
    await receiver.stop();
  });

  const subscribe = async (input: Record<string, unknown> = {}): Promise<void> => {
    const body = { url: receiver.url, eventTypes: ['reminder.due'], ...input };
    expect((await program.ask('post', '/v1/webhooks', { body })).status).toBe(201);
    await receiver.untilTrue(() => receiver.received.length === 1, 'the ping');
  };
  const due = async (): Promise<string> => {
    const { body } = await program.ask('post', '/v1/contacts', {
      body: { name: 'Ada <script>', metOn: '2020-01-10', keepInTouchEvery: 'P3M' },
    });
    return body.id;
  };
  const delivered = async (count = 2) => {
    await receiver.untilTrue(() => receiver.received.length >= count, `${count} requests`);
    await settled(program);
    return JSON.parse(receiver.received[count - 1]?.body ?? '') as { data: { id: string }; actions?: Action[] };
  };
  const linked = async (name: string): Promise<string> => {
    const { actions = [] } = await delivered();
    return new URL(actions.find((action) => action.name === name)?.url ?? '').pathname;
  };
  const bare = (method: 'get' | 'head' | 'post', path: string, accept = 'text/html,application/xhtml+xml'): Test =>
    supertest(program.app.getHttpServer())[method](path).set('accept', accept);

  it('come with what is due, and stand neither in the log nor in the API', async () => {
    await subscribe();
    await due();
    const { actions = [], data } = await delivered();
    expect(actions.map(({ name, title }) => [name, title])).toEqual([
      ['log_touch', 'Log a touch'],
      ['snooze_1d', 'Snooze a day'],
      ['snooze_1w', 'Snooze a week'],
      ['snooze_1m', 'Snooze a month'],
      ['dismiss', 'Dismiss'],
    ]);
    const [{ url, method, expiresAt } = { url: '', method: '', expiresAt: '' }] = actions;
    expect(url).toMatch(/^https:\/\/kith\.test\/actions\/[\w-]{91}\/log_touch$/);
    expect([method, Date.parse(expiresAt)]).toEqual(['POST', program.clock.now().getTime() + 30 * DAY]);
    const token = url.split('/').at(-2) ?? '';
    for (const path of [`/v1/occurrences/${data.id}`, '/v1/changes', '/v1/deliveries?include=attempts'])
      expect((await program.ask('get', path)).text).not.toContain(token);
    const { rows } = await program.pool.query(`select count(*)::int as found from events where data::text like $1`, [
      `%${token}%`,
    ]);
    expect(rows).toEqual([{ found: 0 }]);
  });

  it('ask first: whoever only looks sets nothing going', async () => {
    await subscribe();
    await due();
    const path = await linked('log_touch');
    await program.events();
    const { status: code, text, headers } = await bare('get', path);
    expect(code).toBe(200);
    expect(text).toContain('<form method="post">');
    expect(text).toContain('Keep in touch with Ada &#60;script&#62;');
    expect(text).not.toContain('<script>');
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(headers['content-security-policy']).toContain("form-action 'self'");
    expect(headers['set-cookie']).toBeUndefined();
    expect((await bare('head', path)).status).toBe(200);
    expect(await program.events()).toEqual([]);
  });

  it('act once: the touch is logged, the next one is planned, and every link of the ring is spent', async () => {
    await subscribe();
    const contactId = await due();
    const path = await linked('log_touch');
    await program.events();
    const clicks = await Promise.all([bare('post', path), bare('post', path)]);
    expect(clicks.map((click) => click.status).sort()).toEqual([200, 409]);
    expect(clicks.map(({ text }) => /noted|Answered already/.exec(text)?.[0]).sort()).toEqual([
      'Answered already',
      'noted',
    ]);
    const { body } = await program.ask('get', `/v1/contacts/${contactId}?include=interactions`);
    expect(body.interactions).toHaveLength(1);
    const after = await bare('get', path.replace('log_touch', 'dismiss'));
    expect(after.text).toContain('Answered already');
    expect((await bare('post', path.replace('log_touch', 'dismiss'), 'application/json')).body).toMatchObject({
      code: 'conflict',
    });
    expect((await program.events()).filter((type) => type === 'interaction.logged')).toHaveLength(1);
  });

  it('snooze, for programs too, without a key', async () => {
    await subscribe();
    await program.ask('post', '/v1/reminders', { body: { title: 'Write to Ada', dueAt: '2026-01-05T10:00:00Z' } });
    const path = await linked('snooze_1w');
    const looked = await bare('get', path, 'application/json');
    expect(looked.body).toMatchObject({ action: 'snooze_1w', title: 'Write to Ada', state: 'open' });
    const { status: code, body } = await bare('post', path, 'application/json');
    const until = new Date(program.clock.now().getTime() + 7 * DAY).toISOString();
    expect([code, body]).toMatchObject([200, { action: 'snooze_1w', state: 'snoozed', snoozedUntil: until }]);
    expect((await program.ask('get', '/v1/reminders')).body.data).toMatchObject([{ dueAt: until, state: 'active' }]);
  });

  it('act whatever a button or a mail program posts, and read nothing of it', async () => {
    await subscribe();
    const id = await due();
    const path = await linked('log_touch');
    const post = (type: string, body: string): Test =>
      bare('post', path, 'application/json').set('content-type', type).send(body);
    const form = await post('application/x-www-form-urlencoded', 'action=nope&payload=%7B%7D');
    expect([form.status, form.body.state]).toEqual([200, 'done']);
    for (const [type, body] of [
      ['multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'],
      ['application/json', '{"broken'],
      ['text/plain', 'Yes'],
      ['application/octet-stream', '\u0000'],
      ['no media type', 'x'],
      ['application/x-www-form-urlencoded', ''],
    ] as const)
      expect([type, (await post(type, body)).status]).toEqual([type, 409]);
    const { body: touched } = await program.ask('get', `/v1/interactions?filter[id][ne]=${id}`);
    expect(touched.data).toHaveLength(1);
    const elsewhere = await program
      .ask('post', '/v1/contacts')
      .set('content-type', 'multipart/form-data; boundary=x')
      .send('--x--');
    expect([elsewhere.status, elsewhere.body.code]).toEqual([415, 'unsupported_media_type']);
  });

  it('are the same bytes when a delivery is tried again', async () => {
    await subscribe();
    receiver.answer = status(500);
    await due();
    await delivered();
    receiver.answer = status(200);
    pass(program, 10_000);
    await delivered(3);
    expect(receiver.received[2]?.body).toBe(receiver.received[1]?.body);
  });

  it('lead nowhere when they are changed, over, unknown, or of a ring that is gone', async () => {
    await subscribe();
    const contactId = await due();
    const path = await linked('dismiss');
    const [, , token = ''] = path.split('/');
    const turned = token.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
    for (const wrong of [
      `/actions/${turned}/dismiss`,
      `/actions/${token.slice(1)}/dismiss`,
      `/actions/${token}/erase`,
    ]) {
      const { status: code, text } = await bare('post', wrong);
      expect([code, text.includes('leads nowhere')]).toEqual([404, true]);
      expect((await bare('get', wrong, 'application/json')).body).toMatchObject({ code: 'not_found' });
    }
    program.clock.advance(30 * DAY + 1_000);
    expect((await bare('post', path)).status).toBe(404);
    program.clock.advance(-30 * DAY);
    expect((await bare('get', path)).status).toBe(200);
    await program.ask('delete', `/v1/contacts/${contactId}`);
    expect((await bare('post', path)).status).toBe(404);
  });

  it('are not sent to an endpoint that wants ids only', async () => {
    await subscribe({ thin: true });
    await due();
    expect(await delivered()).not.toHaveProperty('actions');
  });
});
