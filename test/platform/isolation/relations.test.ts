import { TestProgram } from '../../harness/program.js';

/** A relation is no way around a scope. */
describe('a relation', () => {
  let program: TestProgram;

  beforeAll(async () => {
    program = await TestProgram.start();
  });
  afterAll(() => program.stop());

  it('shows a resource only to who may read it', async () => {
    const { body: contact } = await program.ask('post', '/v1/contacts', { body: { name: 'Ada' } });
    const keyed = async (scopes: string[]): Promise<string> =>
      (await program.ask('post', '/v1/keys', { body: { name: 'Reader', scopes } })).body.secret;
    const [narrow, wide] = [await keyed(['contacts:*']), await keyed(['contacts:*', 'reminders:read'])];
    const query = '{ contacts { nodes { name reminders { nodes { title } } } } }';
    const change = `mutation ($id: ID!) { updateContact(id: $id, input: { company: "A" }) { contact { reminders { nodes { title } } } } }`;
    const own = '{ contacts { nodes { name interactions { nodes { summary } } } } }';
    for (const [key, code] of [
      [narrow, 'forbidden'],
      [wide, null],
    ] as const) {
      const asked = [
        await program.graphql(query, {}, { key }),
        await program.graphql(change, { id: contact.id }, { key }),
      ];
      const codes = asked.map(({ body }) => body.errors?.[0].extensions.code ?? null);
      const rest = await program.ask('get', '/v1/contacts?include=reminders', { key });
      expect([...codes, rest.body.code ?? null]).toEqual([code, code, code]);
      expect((await program.graphql(own, {}, { key })).body.errors).toBeUndefined();
    }
  });
});
