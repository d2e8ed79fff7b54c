import { faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

/** What every object has, so that looking a name up in one finds something. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== '__proto__');

interface Refusal {
  readonly code: string;
  readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[];
}

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

describe.each(faces)('names that every object has, over %s', (name) => {
  beforeEach(async () => {
    await program.clear();
    await program.events();
  });
  afterEach(async () => {
    expect(await program.events()).toEqual([]);
  });

  /** What is said of a new contact, which is not to come about. */
  const refusal = async (input: object): Promise<Refusal> => {
    if (name === 'rest') return (await program.ask('post', '/v1/contacts', { body: input })).body as Refusal;
    const text = 'mutation ($input: CreateContactInput!) { createContact(input: $input) { contact { id } } }';
    return (await program.graphql(text, { input })).body.errors[0].extensions as Refusal;
  };

  it('are refused in an input as any other unknown name', async () => {
    expect(INHERITED).toEqual(expect.arrayContaining(['constructor', 'toString', 'hasOwnProperty']));
    for (const word of [...INHERITED, 'prototype', 'nobody']) {
      const { code, errors = [] } = await refusal({ name: 'Ada', [word]: 1 });
      expect([word, code, errors.length]).toEqual([word, 'invalid_input', 1]);
      if (name === 'graphql') continue;
      expect(errors).toMatchObject([
        { pointer: `/${word}`, code: 'unknownField', detail: expect.stringMatching(/ is not a field here. Allowed: /) },
      ]);
    }
  });

  it('are refused inside of a part, and in an operation of a batch', async () => {
    const links = [{ kind: 'website', value: 'https://a.example', constructor: 1 }];
    expect(await refusal({ name: 'Ada', links })).toMatchObject({ code: 'invalid_input' });
    const operations = [{ create: { name: 'Ada', constructor: 1 } }];
    if (name === 'rest') {
      const { status, body } = await program.ask('post', '/v1/contacts/batch', { body: { operations } });
      expect([status, body.errors[0].pointer]).toEqual([422, '/operations/0/create/constructor']);
    } else {
      const text = 'mutation ($o: [ContactOperation!]!) { batchContacts(operations: $o) { status } }';
      const { body } = await program.graphql(text, { o: operations });
      expect(body.errors[0].extensions.code).toBe('invalid_input');
    }
  });

  it('are refused beside other faults, and counted with them', async () => {
    const others = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`u${n}`, 1]));
    const { errors = [] } = await refusal({ constructor: 1, ...others, name: 1 });
    expect(errors.length).toBeGreaterThan(1);
    if (name === 'rest') expect(errors.map(({ pointer }) => pointer)).toContain('/name');
  });
});
