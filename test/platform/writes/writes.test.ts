import { TestProgram } from '../../harness/program.js';

interface Made {
  id: string;
  version: number;
  etag: string;
}

describe('writes', () => {
  let program: TestProgram;

  beforeAll(async () => {
    program = await TestProgram.start();
  });
  afterAll(() => program.stop());

  const make = async (name = 'Ada'): Promise<Made> => {
    const { body, headers } = await program.ask('post', '/v1/contacts', { body: { name } });
    return { id: body.id, version: body.version, etag: String(headers.etag) };
  };

  describe('entity tags', () => {
    it('gives one resource a strong tag, and 304 to who knows it', async () => {
      const { id, etag } = await make();
      expect(etag).toMatch(/^"1\.[\w-]{27}"$/);
      const again = await program.ask('get', `/v1/contacts/${id}`);
      expect(again.headers.etag).toBe(etag);
      const known = await program.ask('get', `/v1/contacts/${id}`, {
        headers: { 'if-none-match': `"other", ${etag}` },
      });
      expect([known.status, known.text]).toEqual([304, '']);
      const narrow = await program.ask('get', `/v1/contacts/${id}?fields=name`, { headers: { 'if-none-match': etag } });
      expect(narrow.status).toBe(200);
      expect(narrow.headers.etag).not.toBe(etag);
    });

    it('binds a change to the version that was read, whatever part of it was', async () => {
      const { id } = await make();
      const { headers } = await program.ask('get', `/v1/contacts/${id}?fields=name`);
      const first = { headers: { 'if-match': String(headers.etag) }, body: { company: 'Analytical Engines' } };
      const changed = await program.ask('patch', `/v1/contacts/${id}`, first);
      expect([changed.status, changed.body.version]).toEqual([200, 2]);
      await program.events();
      const late = await program.ask('patch', `/v1/contacts/${id}`, { ...first, body: { company: 'Elsewhere' } });
      expect([late.status, late.body.code]).toEqual([412, 'precondition_failed']);
      expect((await program.ask('delete', `/v1/contacts/${id}`, { headers: { 'if-match': '"1.x"' } })).status).toBe(
        412,
      );
      expect((await program.ask('delete', `/v1/contacts/${id}`, { headers: { 'if-match': 'W/"2.x"' } })).status).toBe(
        412,
      );
      expect(await program.events()).toEqual([]);
      expect((await program.ask('delete', `/v1/contacts/${id}`, { headers: { 'if-match': '*' } })).status).toBe(204);
      const gone = await program.ask('patch', `/v1/contacts/${id}`, { headers: { 'if-match': '*' }, body: {} });
      expect(gone.status).toBe(412);
    });

    it('binds a mutation to the version in the same way', async () => {
      const { id } = await make();
      const change = `mutation ($id: ID!, $of: Int, $input: UpdateContactInput!) {
        updateContact(id: $id, ifVersion: $of, input: $input) { contact { version } } }`;
      const first = await program.graphql(change, { id, of: 1, input: { company: 'A' } });
      expect(first.body.data.updateContact.contact.version).toBe(2);
      const late = await program.graphql(change, { id, of: 1, input: { company: 'B' } });
      expect(late.body.errors[0].extensions.code).toBe('precondition_failed');
    });

    it('C2: of 50 parallel changes of one version 1 wins', async () => {
      const { id, etag } = await make();
      const changes = Array.from({ length: 50 }, (_, i) =>
        program.ask('patch', `/v1/contacts/${id}`, {
          headers: { 'if-match': etag },
          body: { company: `Company ${i}` },
        }),
      );
      const statuses = (await Promise.all(changes)).map(({ status }) => status);
      expect(statuses.filter((status) => status === 200)).toHaveLength(1);
      expect(statuses.filter((status) => status === 412)).toHaveLength(49);
    });
  });

  describe('idempotency keys', () => {
    it('answers a repetition with the first answer, and does nothing', async () => {
      const asked = { headers: { 'idempotency-key': 'create-grace' }, body: { name: 'Grace Hopper' } };
      await program.events();
      const first = await program.ask('post', '/v1/contacts', asked);
      const again = await program.ask('post', '/v1/contacts', asked);
      expect(again.text).toBe(first.text);
      expect([again.status, again.headers.location, again.headers.etag]).toEqual([
        201,
        first.headers.location,
        first.headers.etag,
      ]);
      expect(again.headers['idempotency-replayed']).toBe('true');
      expect(first.headers['idempotency-replayed']).toBeUndefined();
      expect(await program.events()).toEqual(['contact.created']);
    });

    it('refuses the key for another request, and keeps no refusal', async () => {
      const headers = { 'idempotency-key': 'one-key' };
      const broken = await program.ask('post', '/v1/contacts', { headers, body: { name: '' } });
      expect(broken.status).toBe(422);
      expect((await program.ask('post', '/v1/contacts', { headers, body: { name: 'Alan' } })).status).toBe(201);
      const other = await program.ask('post', '/v1/contacts', { headers, body: { name: 'Barbara' } });
      expect([other.status, other.body.code]).toEqual([422, 'idempotency_mismatch']);
      const elsewhere = await program.ask('post', '/v1/reminders', { headers, body: { name: 'Alan' } });
      expect(elsewhere.status).toBe(422);
      const stranger = await program.anotherAccount();
      const theirs = await program.ask('post', '/v1/contacts', { key: stranger, headers, body: { name: 'Theirs' } });
      expect(theirs.headers['idempotency-replayed']).toBeUndefined();
      expect(theirs.status).toBe(201);
    });

    it('belong to the API key that asked: another one does not see its answer, over both faces', async () => {
      const keys = async (name: string) => {
        const { body } = await program.ask('post', '/v1/keys', { body: { name, scopes: ['keys:*', 'contacts:read'] } });
        return String(body.secret);
      };
      const [mine, other] = [await keys('Mine'), await keys('Other')];
      const asked = { headers: { 'idempotency-key': 'child' }, body: { name: 'Child', scopes: ['contacts:read'] } };
      const first = await program.ask('post', '/v1/keys', { ...asked, key: mine });
      const theirs = await program.ask('post', '/v1/keys', { ...asked, key: other });
      expect(theirs.headers['idempotency-replayed']).toBeUndefined();
      expect(theirs.body.secret).not.toBe(first.body.secret);
      expect((await program.ask('post', '/v1/keys', { ...asked, key: mine })).body.secret).toBe(first.body.secret);
      const create = 'mutation { createKey(input: { name: "Child", scopes: ["contacts:read"] }) { secret } }';
      const sent = (key: string) => program.graphql(create, {}, { key, headers: { 'idempotency-key': 'twin' } });
      expect((await sent(mine)).body).toEqual((await sent(mine)).body);
      expect((await sent(other)).body.data.createKey.secret).not.toBe((await sent(mine)).body.data.createKey.secret);
    });

    it('covers deletions, actions and mutations, and ends after 24 hours', async () => {
      const { id } = await make();
      const headers = { 'idempotency-key': 'again' };
      for (const replayed of [undefined, 'true']) {
        const gone = await program.ask('delete', `/v1/contacts/${id}`, { headers });
        expect([gone.status, gone.headers['idempotency-replayed']]).toEqual([204, replayed]);
      }
      program.clock.advance(25 * 3_600_000);
      expect((await program.ask('delete', `/v1/contacts/${id}`, { headers })).status).toBe(404);
      const create = `mutation { a: createContact(input: { name: "A" }) { contact { id } } b: createContact(input: { name: "B" }) { contact { id } } }`;
      const first = await program.graphql(create, {}, { headers: { 'idempotency-key': 'twins' } });
      const again = await program.graphql(create, {}, { headers: { 'idempotency-key': 'twins' } });
      expect(again.body).toEqual(first.body);
      expect(first.body.data.a.contact.id).not.toBe(first.body.data.b.contact.id);
    });

    it('never keeps a secret in the open', async () => {
      const headers = { 'idempotency-key': 'a-key' };
      const made = await program.ask('post', '/v1/keys', { headers, body: { name: 'A', scopes: ['contacts:read'] } });
      const again = await program.ask('post', '/v1/keys', { headers, body: { name: 'A', scopes: ['contacts:read'] } });
      expect(again.body).toEqual(made.body);
      const { rows } = await program.pool.query<{ text: string }>('select k::text as text from kept_answers k');
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.filter(({ text }) => text.includes(made.body.secret))).toEqual([]);
    });

    it('refuses what is no key', async () => {
      const refused = await program.ask('post', '/v1/contacts', {
        headers: { 'idempotency-key': 'x'.repeat(256) },
        body: { name: 'A' },
      });
      expect([refused.status, refused.body.errors[0].pointer]).toEqual([400, 'Idempotency-Key']);
    });

    it('C4: 100 parallel requests with equal keys have one effect, 50 times over', async () => {
      await program.events();
      for (let round = 0; round < 50; round += 1) {
        const asked = { headers: { 'idempotency-key': `round-${round}` }, body: { name: `Round ${round}` } };
        const answers = await Promise.all(
          Array.from({ length: 100 }, () => program.ask('post', '/v1/contacts', asked)),
        );
        const odd = answers.filter(({ status }) => status !== 201 && status !== 409);
        expect(odd.map(({ status, text }) => `${status} ${text}`)).toEqual([]);
        expect(new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id)).size).toBe(1);
      }
      expect(await program.events()).toEqual(Array.from({ length: 50 }, () => 'contact.created'));
    });
  });

  it('tells a wrong method from a wrong address', async () => {
    const wrong = await program.ask('put', '/v1/contacts', { body: {} });
    expect([wrong.status, wrong.headers.allow, wrong.body.code]).toEqual([
      405,
      'GET, HEAD, POST',
      'method_not_allowed',
    ]);
    const one = await program.ask('post', `/v1/contacts/${crypto.randomUUID()}`, { body: {} });
    expect(one.headers.allow).toBe('DELETE, GET, HEAD, PATCH');
    expect((await program.ask('get', '/v1/nothing')).status).toBe(404);
  });
});
