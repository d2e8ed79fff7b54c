import { TestProgram } from '../../harness/program.js';
import { countStatements } from '../../harness/statements.js';

const PUT = `mutation ($id: String!, $input: CreateContactInput!) {
  put: putContactByExternalId(source: "crm", externalId: $id, input: $input) { contact { id name company } } }`;

describe('names of other systems', () => {
  let program: TestProgram;

  beforeAll(async () => {
    program = await TestProgram.start({ env: { DATABASE_POOL: '30' } });
  });
  afterAll(() => program.stop());
  beforeEach(async () => {
    await program.clear();
    await program.events();
  });

  it('creates once, then changes: absent keeps, null clears', async () => {
    const made = await program.ask('put', '/v1/contacts/by/crm/a%2F1', {
      body: { name: 'Ada', company: 'Engines', title: 'Countess' },
    });
    expect([made.status, made.headers.location]).toEqual([201, `/v1/contacts/${made.body.id}`]);
    const again = await program.ask('put', '/v1/contacts/by/crm/a%2F1', { body: { name: 'Ada L.', company: null } });
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ id: made.body.id, name: 'Ada L.', company: null, title: 'Countess' });
    expect(await program.events()).toEqual(['contact.created', 'contact.updated']);
    const read = await program.ask('get', '/v1/contacts/by/crm/a%2F1?fields=name');
    expect(read.body).toEqual({ name: 'Ada L.' });
  });

  it('does the same over GraphQL', async () => {
    const { body: made } = await program.graphql(PUT, { id: '7', input: { name: 'Ada' } });
    const { body: again } = await program.graphql(PUT, { id: '7', input: { name: 'Ada', company: 'Engines' } });
    expect(again.data.put.contact).toEqual({ ...made.data.put.contact, company: 'Engines' });
    const { body: read } = await program.graphql('{ contactByExternalId(source: "crm", externalId: "7") { name } }');
    expect(read).toEqual({ data: { contactByExternalId: { name: 'Ada' } } });
    expect(await program.events()).toEqual(['contact.created', 'contact.updated']);
  });

  it('makes one of what 50 ask for at once', async () => {
    const asked = Array.from({ length: 50 }, () =>
      program.ask('put', '/v1/contacts/by/crm/9', { body: { name: 'Ada' } }),
    );
    const answers = await Promise.all(asked);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await program.events()).toEqual(['contact.created']);
  });

  it('is the account’s own, and does not bring back what was deleted', async () => {
    const { body } = await program.ask('put', '/v1/contacts/by/crm/1', { body: { name: 'Ada' } });
    const stranger = await program.anotherAccount();
    expect((await program.ask('get', '/v1/contacts/by/crm/1', { key: stranger })).status).toBe(404);
    const theirs = await program.ask('put', '/v1/contacts/by/crm/1', { key: stranger, body: { name: 'Theirs' } });
    expect(theirs.status).toBe(201);
    await program.ask('delete', `/v1/contacts/${body.id}`);
    expect((await program.ask('get', '/v1/contacts/by/crm/1')).status).toBe(404);
    const again = await program.ask('put', '/v1/contacts/by/crm/1', { body: { name: 'Ada' } });
    expect([again.status, again.body.code]).toEqual([409, 'conflict']);
  });

  it('is read with one statement, which writes nothing and wakes nobody', async () => {
    await program.ask('put', '/v1/contacts/by/crm/5', { body: { name: 'Ada' } });
    await program.ask('get', '/v1/contacts/by/crm/5');
    const overRest = await countStatements(() => program.ask('get', '/v1/contacts/by/crm/5'));
    expect([overRest.result.body.name, overRest.statements.length]).toEqual(['Ada', 1]);
    expect(overRest.statements[0]).toMatch(/^select /);
    expect(overRest.result.headers.etag).toMatch(/^"1\./);
    const query = '{ contactByExternalId(source: "crm", externalId: "5") { name } }';
    const overGraphql = await countStatements(() => program.graphql(query));
    expect([overGraphql.result.body.data.contactByExternalId.name, overGraphql.statements.length]).toEqual(['Ada', 1]);
    const missing = await countStatements(() => program.ask('get', '/v1/contacts/by/crm/6'));
    expect([missing.result.status, missing.statements.length]).toEqual([404, 1]);
  });

  it('refuses names that are none', async () => {
    const bad = await program.ask('put', '/v1/contacts/by/a%20b/1', { body: { name: 'Ada' } });
    expect([bad.status, bad.body.errors[0].pointer]).toEqual([400, 'source']);
    const long = await program.ask('put', `/v1/contacts/by/crm/${'x'.repeat(501)}`, { body: { name: 'Ada' } });
    expect(long.status).toBeLessThan(500);
  });
});
