import { faceOf, faces } from '../../../harness/faces.js';
import type { Body } from '../../../harness/face.js';
import { TestProgram } from '../../../harness/program.js';
import { deliver, makeHook, review } from './github.js';
import type { Hook } from './github.js';

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

const UNSIGNED = { status: 401, body: expect.objectContaining({ code: 'unauthenticated' }) };
const DAY_MS = 86_400_000;

describe.each(faces)('a GitHub hook over %s', (name) => {
  let on: TestProgram;
  beforeAll(async () => {
    on = await program.asAnother();
  });
  beforeEach(() => on.clock.set('2026-03-02T10:00:00.000Z'));

  /** What answers with a secret is no resource, so that both faces differ in it. */
  async function secretly(rest: string, field: string, input: Body, key = on.key): Promise<Body> {
    if (name === 'rest') return (await on.ask('post', `/v1/githubHooks${rest}`, { body: input, key })).body;
    const type = field.startsWith('create') ? 'CreateGithubHookInput' : 'RotateGithubHookInput';
    const query = `mutation ($input: ${type}!) { it: ${field} { id url secret login description addsContacts keyId version } }`;
    const { body } = await on.graphql(query, { input }, { key });
    return body.data?.it ?? { code: body.errors[0].extensions.code, errors: body.errors[0].extensions.errors };
  }
  const make = (input: Body, key?: string) => secretly('', 'createGithubHook(input: $input)', input, key);
  const rotate = (id: string, input: Body, key?: string) =>
    secretly(`/${id}/secret`, `rotateGithubHook(id: "${id}", input: $input)`, input, key);
  const delivered = async (hook: Hook) => {
    const { status } = await deliver(on, hook, { zen: 'Speak like a human.' }, { event: 'ping' });
    return status;
  };

  it('is made, read, changed and deleted, and shows its secret once', async () => {
    const face = faceOf(name, on);
    const made = (await make({ login: 'Octocat', description: 'fastify/fastify' })) as unknown as Hook & Body;
    expect(made).toMatchObject({
      ...{ login: 'Octocat', description: 'fastify/fastify', addsContacts: true, version: 1 },
      ...{ url: `https://kith.test/v1/inbound/github/${made.id}`, secret: expect.stringMatching(/^[\w-]{43}$/) },
    });
    expect(await delivered(made)).toBe(200);
    const [row] = (await face.page('GithubHook')).rows;
    expect(row).toMatchObject({ id: made.id, login: 'Octocat' });
    const { data } = await face.one('GithubHook', made.id);
    expect(JSON.stringify([row, data])).not.toMatch(/secret/i);
    const { rows } = await on.pool.query('select secrets from github_hooks where id = $1', [made.id]);
    expect(JSON.stringify(rows)).not.toContain(made.secret);
    const changed = await face.update('GithubHook', made.id, { login: 'hubot', description: null });
    expect(changed.data).toMatchObject({ login: 'hubot', description: null, addsContacts: true });
    expect((await face.update('GithubHook', made.id, { login: '@hubot' })).errors).toMatchObject([
      { pointer: name === 'rest' ? '/login' : expect.stringContaining('login'), code: 'matches' },
    ]);
    expect((await face.remove('GithubHook', made.id)).code).toBeNull();
    expect(await delivered(made)).toBe(401);
    expect(await on.events()).toEqual([]);
  });

  it('accepts the old secret for a day after it was rotated, unless it leaked', async () => {
    const first = (await make({ login: 'octocat' })) as unknown as Hook;
    const second = (await rotate(first.id, {})) as unknown as Hook;
    expect([await delivered(first), await delivered(second)]).toEqual([200, 200]);
    on.clock.set(new Date(on.clock.now().getTime() + DAY_MS).toISOString());
    expect([await delivered(first), await delivered(second)]).toEqual([401, 200]);
    const third = (await rotate(first.id, { keepsOld: false })) as unknown as Hook;
    expect([await delivered(second), await delivered(third)]).toEqual([401, 200]);
  });

  it('logs nothing once its key has ended, until another key makes its secret', async () => {
    const { body: key } = await on.ask('post', '/v1/keys', { body: { name: 'Of the hook', scopes: ['contacts:*'] } });
    const hook = (await make({ login: 'octocat' }, key.secret)) as unknown as Hook;
    expect(await delivered(hook)).toBe(200);
    await on.ask('post', `/v1/keys/${String(key.id)}/revocation`);
    expect(await deliver(on, hook, review('ada', 'octocat'))).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
    expect(await delivered((await rotate(hook.id, {})) as unknown as Hook)).toBe(200);
    const { body: reading } = await on.ask('post', '/v1/keys', { body: { name: 'Reads', scopes: ['contacts:read'] } });
    expect(await make({ login: 'octocat' }, reading.secret)).toMatchObject({ code: 'forbidden' });
  });

  it('is of one account: others cannot see it, and it writes nothing of theirs', async () => {
    const hook = (await make({ login: 'octocat' })) as unknown as Hook;
    const other = await program.asAnother();
    expect((await faceOf(name, other).page('GithubHook')).rows).toEqual([]);
    expect((await faceOf(name, other).remove('GithubHook', hook.id)).code).toBe('not_found');
    expect(await rotate(hook.id, {}, other.key)).toMatchObject({ code: 'not_found' });
    const theirs = await makeHook(other);
    expect(await deliver(on, { ...hook, secret: theirs.secret }, review('ada', 'octocat'))).toMatchObject(UNSIGNED);
    expect((await deliver(on, hook, review('ada', 'octocat'))).body).toMatchObject({ outcome: 'logged' });
    const counts = [on, other].map(async (one) => (await faceOf(name, one).page('Contact')).rows.length);
    expect(await Promise.all(counts)).toEqual([1, 0]);
    expect((await deliver(on, theirs, review('ada', 'octocat'))).body).toMatchObject({ outcome: 'logged' });
  });
});
