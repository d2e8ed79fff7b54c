import supertest from 'supertest';
import { faceOf, faces } from '../../harness/faces.js';
import type { Face } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

describe.each(faces)('keys over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await TestProgram.start();
    face = faceOf(name, program);
  });
  afterAll(() => program.stop());

  const make = async (input: object, key = program.key) => {
    const http = supertest(program.app.getHttpServer());
    const headers = { authorization: `Bearer ${key}` };
    if (name === 'rest') return (await http.post('/v1/keys').set(headers).send(input)).body;
    const query = 'mutation ($input: CreateApiKeyInput!) { createKey(input: $input) { id name prefix scopes secret } }';
    const { body } = await http.post('/graphql').set(headers).send({ query, variables: { input } });
    return body.data?.createKey ?? { ...body.errors[0].extensions };
  };
  const revoke = (id: string) => face.act({ type: 'ApiKey', id, noun: 'revocation', verb: 'revokeKey' });

  it('show their secret once, and never again', async () => {
    const { id, secret, prefix } = await make({ name: 'Zapier', scopes: ['contacts:read'] });
    expect(secret).toMatch(/^kith_[\w-]{43}$/);
    expect(secret.startsWith(prefix)).toBe(true);
    const { rows } = await face.page('ApiKey', { sort: 'id' });
    expect(rows.map((row) => row.name)).toEqual(['The first key', 'Zapier']);
    expect(JSON.stringify(rows)).not.toContain(secret.slice(20));
    const stored = await program.pool.query('select * from api_keys where id = $1', [id]);
    expect(JSON.stringify(stored.rows)).not.toContain(secret.slice(20));
  });

  it('make accounts only with the scope of the operator', async () => {
    const query = 'mutation ($input: CreateAccountInput!) { createAccount(input: $input) { accountId name secret } }';
    const input = { name: 'A friend', timeZone: 'Europe/Berlin' };
    const over = async (key: string): Promise<{ secret?: string; code?: string }> => {
      if (name === 'rest') return (await program.ask('post', '/v1/accounts', { key, body: input })).body;
      const { body } = await program.graphql(query, { input }, { key });
      return body.data?.createAccount ?? body.errors[0].extensions;
    };
    const { secret = '' } = await over(program.key);
    expect((await program.ask('get', '/v1/account', { key: secret })).body).toMatchObject(input);
    expect(await over(secret)).toMatchObject({ code: 'forbidden' });
    const everything = await make({ name: 'All of mine', scopes: ['*'] });
    expect(await over(everything.secret)).toMatchObject({ code: 'forbidden' });
    expect(await make({ name: 'Too much', scopes: ['installation:write'] }, secret)).toMatchObject({
      code: 'invalid_input',
    });
  });

  it('open what their scopes name, and nothing else', async () => {
    const { secret } = await make({ name: 'Reader', scopes: ['contacts:read'] });
    const reader = face.as(secret);
    expect((await reader.page('Contact')).code).toBeNull();
    expect((await reader.page('Reminder')).code).toBe('forbidden');
    expect((await reader.create('Contact', { name: 'Ada' })).code).toBe('forbidden');
  });

  it('cannot give away what they do not hold', async () => {
    const { secret } = await make({ name: 'Clerk', scopes: ['keys:write', 'contacts:read'] });
    expect(await make({ name: 'More', scopes: ['contacts:write'] }, secret)).toMatchObject({
      code: 'invalid_input',
      errors: [{ pointer: '/scopes' }],
    });
    expect(await make({ name: 'All', scopes: ['*'] }, secret)).toMatchObject({ code: 'invalid_input' });
    expect(await make({ name: 'Less', scopes: ['contacts:read'] }, secret)).toHaveProperty('secret');
  });

  it('give a whole noun only when they hold both halves of it', async () => {
    for (const half of ['contacts:read', 'contacts:write']) {
      const { secret } = await make({ name: 'Half', scopes: ['keys:write', half] });
      const refused = await make({ name: 'Whole', scopes: ['contacts:*'] }, secret);
      expect(refused).toMatchObject({ code: 'invalid_input', errors: [{ pointer: '/scopes', code: 'excessScope' }] });
    }
    const { secret } = await make({ name: 'Both', scopes: ['keys:write', 'contacts:read', 'contacts:write'] });
    expect(await make({ name: 'Whole', scopes: ['contacts:*'] }, secret)).toHaveProperty('secret');
  });

  it.each([['nothing:read'], ['contacts:write', 'contact:read'], ['toys:*'], ['installation:read']])(
    'are not made with a scope that nothing needs: %j',
    async (...scopes) => {
      expect(await make({ name: 'Typo', scopes })).toMatchObject({
        code: 'invalid_input',
        errors: [{ pointer: '/scopes', code: 'unknownScope', detail: expect.stringContaining('contacts:read') }],
      });
    },
  );

  it('live no longer than the key that makes them', async () => {
    const at = (seconds: number) => new Date(program.clock.now().getTime() + seconds * 1_000).toISOString();
    const { secret } = await make({ name: 'Short', scopes: ['keys:*', 'contacts:read'], expiresAt: at(60) });
    const given = { name: 'Child', scopes: ['contacts:read'] };
    for (const expiresAt of [null, at(61)]) {
      expect(await make({ ...given, expiresAt }, secret)).toMatchObject({
        code: 'invalid_input',
        errors: [{ pointer: '/expiresAt', code: 'outlivesMaker' }],
      });
    }
    for (const expiresAt of [at(60), at(30)]) await make({ ...given, expiresAt }, secret);
    await make(given, secret);
    const { rows } = await face.page('ApiKey', { filter: { name: { eq: 'Child' } }, sort: 'id' });
    expect(rows.map((row) => row.expiresAt)).toEqual([at(60), at(30), at(60)]);
  });

  it('are made only by keys that may write keys', async () => {
    const { id, secret } = await make({ name: 'Reader of keys', scopes: ['keys:read', 'contacts:read'] });
    expect((await face.as(secret).page('ApiKey')).code).toBeNull();
    expect(await make({ name: 'Less', scopes: ['contacts:read'] }, secret)).toMatchObject({ code: 'forbidden' });
    const revoked = { type: 'ApiKey', id, noun: 'revocation', verb: 'revokeKey' };
    expect((await face.as(secret).act(revoked)).code).toBe('forbidden');
  });

  it('are revoked at once, in every process', async () => {
    const { id, secret } = await make({ name: 'Gone', scopes: ['*'] });
    const other = await TestProgram.start({ database: program.database, clock: program.clock });
    const elsewhere = faceOf(name, other).as(secret);
    expect((await face.as(secret).page('Contact')).code).toBeNull();
    expect((await elsewhere.page('Contact')).code).toBeNull();
    expect((await revoke(id)).data).toMatchObject({ revokedAt: program.clock.now().toISOString() });
    expect((await face.as(secret).page('Contact')).code).toBe('unauthenticated');
    const deadline = Date.now() + 5_000;
    while ((await elsewhere.page('Contact')).code === null && Date.now() < deadline);
    expect((await elsewhere.page('Contact')).code).toBe('unauthenticated');
    await other.stop();
  });

  it('expire', async () => {
    const expiresAt = new Date(program.clock.now().getTime() + 60_000).toISOString();
    const { secret } = await make({ name: 'Short', scopes: ['*'], expiresAt });
    expect((await face.as(secret).page('Contact')).code).toBeNull();
    program.clock.advance(60_000);
    expect((await face.as(secret).page('Contact')).code).toBe('unauthenticated');
  });

  it.each(['', 'kith_nobody', 'x'.repeat(600), '\u0007'])('refuse the key %j', async (key) => {
    expect((await face.as(encodeURIComponent(key)).page('Contact')).code).toBe('unauthenticated');
  });
});
