import { TestProgram } from '../../../harness/program.js';
import { PULL_URL, deliver, makeHook, merge, review, signatureOf, user } from './github.js';
import type { Hook, How, Payload } from './github.js';

const FORM = 'application/x-www-form-urlencoded';
const NOBODY = '01977f2e-6c00-7000-8000-0123456789ab';
let program: TestProgram;
let hook: Hook;

beforeAll(async () => {
  program = await TestProgram.start({ env: { RATE_LIMIT_PER_MINUTE: '200' } });
  hook = await makeHook(program);
});
afterAll(() => program.stop());
beforeEach(async () => {
  await program.clear();
  await program.events();
});

const BODY = JSON.stringify(review('ada', 'octocat'));
const signed = (header: string | undefined): How => ({ headers: { 'x-hub-signature-256': header } });

async function refused(sent: Payload | string | Buffer, how: How = {}): Promise<unknown[]> {
  const { status, body } = await deliver(program, hook, sent, how);
  expect(await program.events()).toEqual([]);
  const [error] = (body.errors ?? []) as { pointer: string }[];
  return [status, body.code, ...(error ? [error.pointer] : [])];
}

describe('an address of GitHub refuses', () => {
  const latin = Buffer.from(BODY.replace('Fix', 'F\u00efx'), 'latin1');
  it.each<[string, string | Buffer, How]>([
    ['no signature', BODY, signed(undefined)],
    [
      'the older signature alone',
      BODY,
      { headers: { 'x-hub-signature-256': undefined, 'x-hub-signature': 'sha1=00' } },
    ],
    ['a signature with another secret', BODY, signed(signatureOf('guessed', BODY))],
    ['a signature of another body', BODY, { headers: { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` } }],
    ['a signature of 1 MB of zeros, cut', BODY, signed('sha256=00')],
    ['no JSON, before it is read', '{', signed(signatureOf('guessed', '{'))],
    ['bytes that are no UTF-8', latin, signed(signatureOf('guessed', latin))],
    ['an empty body', '', signed(signatureOf('guessed', ''))],
  ])('%s like an address that there is not', async (_, sent, how) => {
    const { body: wrong } = await deliver(program, hook, sent, how);
    const unknown = { ...hook, url: `https://kith.test/v1/inbound/github/${NOBODY}` };
    const { body: none } = await deliver(program, unknown, sent, how);
    const { body: noId } = await deliver(program, { ...hook, url: 'https://kith.test/v1/inbound/github/x' }, sent, how);
    const { requestId: _a, instance: _b, ...plain } = wrong;
    expect(plain).toMatchObject({ status: 401, code: 'unauthenticated' });
    for (const other of [none, noId]) expect(other).toMatchObject(plain);
    expect(await program.events()).toEqual([]);
  });

  it('exactly what was changed by one byte', async () => {
    const how = signed(signatureOf(hook.secret, BODY));
    expect(await refused(`${BODY} `, how)).toEqual([401, 'unauthenticated']);
    expect((await deliver(program, hook, BODY, how)).body).toMatchObject({ outcome: 'logged' });
  });

  it('2 MB, at a known address and at an unknown one, and media types that GitHub does not send', async () => {
    const large = 'x'.repeat(2 * 1_048_576);
    const unknown = { ...hook, url: `https://kith.test/v1/inbound/github/${NOBODY}` };
    for (const where of [hook, unknown]) {
      expect(await deliver(program, where, large)).toMatchObject({ status: 413, body: { code: 'payload_too_large' } });
      for (const type of ['text/csv', 'application/x-ndjson', 'text/plain', 'application/merge-patch+json'])
        expect(await deliver(program, where, BODY, { type })).toMatchObject({ status: 415 });
    }
  });

  it.each<[string, string | Payload, How, unknown[]]>([
    ['no JSON', '{"action":', {}, [400, 'malformed_body']],
    ['nothing', '', {}, [400, 'malformed_body']],
    ['a list', '[]', {}, [422, 'invalid_input', '']],
    ['a null', 'null', {}, [422, 'invalid_input', '']],
    ['101 levels', `${'['.repeat(101)}${']'.repeat(101)}`, {}, [400, 'malformed_body']],
    ['__proto__', '{"__proto__": {"action": "submitted"}}', {}, [400, 'malformed_body']],
    ['an object without an action', {}, {}, [422, 'invalid_input', '/action']],
    [
      'a review without a pull request',
      { action: 'submitted', review: {} },
      {},
      [422, 'invalid_input', '/pull_request'],
    ],
    ['no event', BODY, { headers: { 'x-github-event': undefined } }, [400, 'invalid_input', 'X-GitHub-Event']],
    ['no delivery', BODY, { headers: { 'x-github-delivery': undefined } }, [400, 'invalid_input', 'X-GitHub-Delivery']],
    ['a delivery of 10 kB', BODY, { delivery: 'd'.repeat(10_000) }, [400, 'invalid_input', 'X-GitHub-Delivery']],
    ['another form', `name=x&payload=${encodeURIComponent(BODY)}`, { type: FORM }, [400, 'malformed_body']],
    ['a form with a broken escape', 'payload=%7B%2', { type: FORM }, [400, 'malformed_body']],
    ['a form that is no UTF-8', 'payload=%FF%FE', { type: FORM }, [400, 'malformed_body']],
  ])('%s, and names it', async (_, sent, how, expected) => {
    expect(await refused(sent, how)).toEqual(expected);
  });

  const evil = 'https://evil.example/fastify/fastify/pull/1';
  it.each<[string, Payload]>([
    ['/review/user/login', review('ada\u0000', 'octocat')],
    ['/review/user/login', review('\ud800', 'octocat')],
    ['/review/user/login', review('a'.repeat(101), 'octocat')],
    ['/review/user/login', review('../../ada', 'octocat')],
    ['/review/user/type', review('ada', 'octocat', { user: { login: 'ada' } })],
    ['/review/user', review('ada', 'octocat', { user: 'ada' })],
    ['/review/html_url', review('ada', 'octocat', { html_url: `${PULL_URL}#\u0000` })],
    ['/review/html_url', review('ada', 'octocat', { html_url: `${PULL_URL}#${'x'.repeat(500)}` })],
    ['/review/html_url', review('ada', 'octocat', { html_url: evil })],
    ['/review/submitted_at', review('ada', 'octocat', { submitted_at: 'yesterday' })],
    ['/pull_request/html_url', review('ada', 'octocat', {}, { html_url: evil })],
    ['/pull_request/html_url', review('ada', 'octocat', {}, { number: '99999999999' })],
    ['/pull_request/title', review('ada', 'octocat', {}, { title: ['x'] })],
  ])('%s of another shape', async (pointer, payload) => {
    expect(await refused(payload)).toEqual([422, 'invalid_input', pointer]);
  });

  it('a merge of another shape', async () => {
    const { pull_request: pull } = merge('ada', 'octocat');
    const payload = { action: 'closed', pull_request: { ...(pull as Payload), merged: 'true' } };
    expect(await refused(payload, { event: 'pull_request' })).toEqual([422, 'invalid_input', '/pull_request/merged']);
  });
});

describe('an address of GitHub takes', () => {
  it.each<[string, string, string | null]>([
    ['with U+0000', 'Fix\u0000 it', 'Fix it'],
    ['with an unpaired surrogate', 'Fix \ud83d it', 'Fix \ufffd it'],
    ['of 100,000 characters', 'x'.repeat(100_000), 'x'.repeat(200)],
    ['that nobody sees', '\u200b \u0007', null],
    ['that is no formula of ours', '${1} {{ x }} <b>', '${1} {{ x }} <b>'],
  ])('a title %s', async (_, title, kept) => {
    const { body } = await deliver(program, hook, review('ada', 'octocat', {}, { title }));
    expect(body).toMatchObject({ outcome: 'logged' });
    const { body: encounters } = await program.ask('get', '/v1/encounters');
    expect(encounters.data).toMatchObject([{ title: kept }]);
    const { body: interactions } = await program.ask('get', '/v1/interactions');
    expect(interactions.data[0].summary).toContain(kept ?? 'Approved: fastify/fastify#4711');
  });

  it('a form, as GitHub sends it, and a date of tomorrow as today', async () => {
    program.clock.set('2026-03-02T10:00:00.000Z');
    const payload = review('ada', 'octocat', { submitted_at: '2026-03-03T10:00:00Z' }, { title: 'A + B & 100 %' });
    const form = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    expect((await deliver(program, hook, form, { type: FORM })).body).toMatchObject({ outcome: 'logged' });
    const { body } = await program.ask('get', '/v1/interactions');
    expect(body.data).toMatchObject([
      { occurredAt: '2026-03-02T10:00:00.000Z', summary: expect.stringContaining('A + B & 100 %') },
    ]);
  });

  it('no more than a key may send in a minute', async () => {
    const own = await makeHook(program);
    const wrong = signed(`sha256=${'0'.repeat(64)}`);
    const statuses = async (count: number): Promise<number[]> =>
      Promise.all(Array.from({ length: count }, async () => (await deliver(program, own, BODY, wrong)).status));
    expect(new Set(await statuses(200))).toEqual(new Set([401]));
    const { status, body } = await deliver(program, own, BODY);
    expect([status, body.code]).toEqual([429, 'too_many_requests']);
    expect((await deliver(program, hook, { zen: 'x' }, { event: 'ping' })).status).toBe(200);
  });

  it('whoever writes a login with an underscore, as managed users have', async () => {
    const payload = review('x', 'octocat', { user: user('ada_acme') });
    expect((await deliver(program, hook, payload)).body).toMatchObject({ outcome: 'logged' });
  });
});
