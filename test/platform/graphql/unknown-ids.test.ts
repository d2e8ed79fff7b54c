import { GraphQLNonNull, getNamedType, isLeafType } from 'graphql';
import type { GraphQLField, GraphQLObjectType } from 'graphql';
import { TestProgram } from '../../harness/program.js';

const NOBODY = '01890000-0000-7000-8000-000000000000';

/** One unknown id must not take the rest of the answer with it. */
describe.each([{ on: true }, { on: false }])('an unknown id, text lane %j', (textLane) => {
  let program: TestProgram;
  beforeAll(async () => {
    program = await TestProgram.start({ textLane });
  });
  afterAll(() => program.stop());

  const fieldsOf = (root: GraphQLObjectType | null | undefined): GraphQLField<unknown, unknown>[] =>
    Object.values(root?.getFields() ?? {});

  it('makes its field null, with its error, and the rest is answered: every read of one thing', async () => {
    const reads = fieldsOf(program.schema.getQueryType()).filter(({ args }) =>
      args.some(({ name }) => name === 'id' || name === 'externalId'),
    );
    expect(reads.length).toBeGreaterThan(15);
    for (const { name, args, type } of reads) {
      const by = args.some((arg) => arg.name === 'id') ? `id: "${NOBODY}"` : 'source: "crm", externalId: "nobody"';
      const shown = isLeafType(getNamedType(type)) ? '' : '{ __typename }';
      const { body } = await program.graphql(`{ account { name } it: ${name}(${by}) ${shown} }`);
      expect([name, body.data]).toEqual([name, { account: { name: 'My career' }, it: null }]);
      if (name === 'node') continue;
      expect(body.errors).toHaveLength(1);
      expect(body.errors[0]).toMatchObject({ path: ['it'], extensions: { code: 'not_found' } });
    }
  });

  it('of a malformed id or a missing scope, too', async () => {
    const { body } = await program.graphql('{ account { name } contact(id: "x") { id } }');
    expect([body.data.contact, body.errors[0].extensions.code]).toEqual([null, 'invalid_input']);
    const made = await program.ask('post', '/v1/keys', { body: { name: 'reader', scopes: ['account:read'] } });
    const query = `{ account { name } contact(id: "${NOBODY}") { id } }`;
    const { body: forbidden } = await program.graphql(query, {}, { key: made.body.secret });
    expect(forbidden.data).toEqual({ account: { name: 'My career' }, contact: null });
    expect(forbidden.errors[0].extensions.code).toBe('forbidden');
  });

  it('in a mutation hides nothing of what the others did', async () => {
    for (const { name, type } of fieldsOf(program.schema.getMutationType()))
      expect([name, type instanceof GraphQLNonNull]).toEqual([name, false]);
    const { body } = await program.graphql(`mutation {
      made: createContact(input: { name: "Ada" }) { contact { name } }
      lost: updateContact(id: "${NOBODY}", input: {}) { contact { name } }
      key: createKey(input: { name: "k", scopes: ["account:read"] }) { secret } }`);
    expect(body.data).toMatchObject({ made: { contact: { name: 'Ada' } }, lost: null });
    expect(body.data.key.secret).toMatch(/^kith_/);
    expect(body.errors.map(({ path }: { path: string[] }) => path)).toEqual([['lost']]);
  });

  it('says in the schema which fields may be null', () => {
    const account = program.schema.getQueryType()?.getFields().account;
    expect(account && getNamedType(account.type).name).toBe('Account');
    expect(account?.type).toBeInstanceOf(GraphQLNonNull);
  });
});
