import { TestProgram } from '../../harness/program.js';

interface Shown {
  status: number;
  id: string | null;
  contact: { name: string } | null;
  problem: { code: string; errors: { pointer: string }[] } | null;
}

const MUTATION = `mutation ($operations: [ContactOperation!]!, $atomic: Boolean!) {
  batchContacts(operations: $operations, atomic: $atomic) {
    status id contact { name } problem { code errors { pointer } } } }`;

describe.each(['rest', 'graphql'] as const)('batches over %s', (face) => {
  let program: TestProgram;

  beforeAll(async () => {
    program = await TestProgram.start();
  });
  afterAll(() => program.stop());
  beforeEach(async () => {
    await program.clear();
    await program.events();
  });

  /** The results, or the refusal of the whole. */
  const send = async (
    operations: object[],
    atomic = true,
    key = program.key,
  ): Promise<{ data: Shown[]; code: string | null; pointers: string[] }> => {
    if (face === 'rest') {
      const { body, status } = await program.ask('post', `/v1/contacts/batch?atomic=${atomic}`, {
        key,
        body: { operations },
      });
      const pointers = (body.errors ?? []).map(({ pointer }: { pointer: string }) => pointer);
      return { data: body.data, code: status === 200 ? null : body.code, pointers };
    }
    const { body } = await program.graphql(MUTATION, { operations, atomic }, { key });
    const { code = null, errors = [] } = body.errors?.[0]?.extensions ?? {};
    return {
      data: body.data?.batchContacts,
      code,
      pointers: errors.map(({ pointer }: { pointer: string }) => pointer),
    };
  };

  const make = async (name: string): Promise<string> =>
    (await program.ask('post', '/v1/contacts', { body: { name } })).body.id;

  it('carries out all kinds of changes in order, each with its event', async () => {
    const [ada, bob] = [await make('Ada'), await make('Bob')];
    await program.events();
    const { data } = await send([
      { create: { name: 'Eve' } },
      { update: { id: ada, set: { company: 'Engines' } } },
      { delete: { id: bob } },
    ]);
    expect(data.map(({ status, contact }) => [status, contact?.name ?? null])).toEqual([
      [201, 'Eve'],
      [200, 'Ada'],
      [204, null],
    ]);
    expect(await program.events()).toEqual(['contact.created', 'contact.updated', 'contact.deleted']);
  });

  it('changes nothing when one fails, unless each stands alone', async () => {
    const missing = crypto.randomUUID();
    const operations = [{ create: { name: 'Eve' } }, { delete: { id: missing } }, { create: { name: 'Zoe' } }];
    expect(await send(operations)).toMatchObject({ code: 'unknown_reference', pointers: ['/operations/1'] });
    expect(await program.events()).toEqual([]);
    const { data } = await send(operations, false);
    expect(data.map(({ status, problem }) => [status, problem?.code ?? null])).toEqual([
      [201, null],
      [404, 'not_found'],
      [201, null],
    ]);
    expect(await program.events()).toEqual(['contact.created', 'contact.created']);
  });

  it('names every broken field of all before anything is done', async () => {
    const { code, pointers } = await send([
      { create: { name: '' } },
      { create: { name: 'Eve' } },
      { update: { id: crypto.randomUUID(), set: { name: 'x'.repeat(201) } } },
      {},
    ]);
    expect(code).toBe('invalid_input');
    expect(pointers).toEqual(['/operations/0/create/name', '/operations/2/update/set/name', '/operations/3']);
    expect(await program.events()).toEqual([]);
  });

  it('reaches nobody else’s rows', async () => {
    const ada = await make('Ada');
    await program.events();
    const stranger = await program.anotherAccount();
    const { data } = await send(
      [{ update: { id: ada, set: { name: 'Mine' } } }, { delete: { id: ada } }],
      false,
      stranger,
    );
    expect(data.map(({ status }) => status)).toEqual([404, 404]);
    expect(await program.events()).toEqual([]);
  });

  it('takes 1,000 operations and no more', async () => {
    const operations = Array.from({ length: 1_000 }, (_, i) => ({ create: { name: `Contact ${i}` } }));
    expect((await send(operations)).data).toHaveLength(1_000);
    expect((await send([...operations, ...operations])).code).toBe('invalid_input');
  });
});
