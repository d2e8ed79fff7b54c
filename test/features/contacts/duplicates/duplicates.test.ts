import { faceOf, faces, idOfNew } from '../../../harness/faces.js';
import type { Face } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { countStatements } from '../../../harness/statements.js';

type Body = Record<string, unknown>;
interface Pair {
  readonly firstId: string;
  readonly secondId: string;
  readonly firstName: string;
  readonly secondName: string;
  readonly certainty: string;
  readonly score: number;
  readonly reasons: readonly { code: string; value: string; text: string }[];
}
interface Answer {
  readonly data: readonly Pair[];
  readonly page: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  readonly code?: string;
  readonly errors?: readonly { pointer: string; code: string }[];
}

const QUERY = `query ($first: Int, $after: String) { contactDuplicates(first: $first, after: $after) {
  data { firstId secondId firstName secondName certainty score reasons { code value text } } page { endCursor hasNextPage } } }`;
const DISMISS = 'mutation ($input: DismissDuplicateInput!) { dismissDuplicate(input: $input) { firstId secondId } }';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('duplicates over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
  });
  beforeEach(() => program.clear());

  const person = (called: string, more: Body = {}) => idOfNew(face, 'Contact', { name: called, ...more });
  const told = (body: { errors?: { extensions: Answer }[]; data?: Record<string, Answer> }, field: string): Answer =>
    body.errors?.[0]?.extensions ?? (body.data?.[field] as Answer);
  const list = async (given: { first?: number; after?: string } = {}, key = program.key): Promise<Answer> => {
    if (name === 'graphql') return told((await program.graphql(QUERY, given, { key })).body, 'contactDuplicates');
    const query = new URLSearchParams(given as Record<string, string>);
    return (await program.ask('get', `/v1/contacts/duplicates?${query.toString()}`, { key })).body;
  };
  const dismiss = async (input: Body): Promise<Answer> =>
    name === 'graphql'
      ? told((await program.graphql(DISMISS, { input })).body, 'dismissDuplicate')
      : (await program.ask('post', '/v1/contacts/duplicates/dismissal', { body: input })).body;
  /** The pairs as texts: `Ada = Eve 100 email`. */
  const pairs = async (): Promise<string[]> =>
    (await list()).data.map(
      ({ firstName, secondName, score, reasons }) =>
        `${firstName} = ${secondName} ${score} ${reasons.map(({ code }) => code).join()}`,
    );

  it.each<[what: string, one: Body, other: Body, found: string[]]>([
    [
      'e-mail',
      { name: 'A', emails: ['X@a.example'] },
      { name: 'B', emails: ['x@A.example'] },
      ['A = B 100 email,domain'],
    ],
    [
      'telephone',
      { name: 'A', phones: ['+44 20 7946 0958'] },
      { name: 'B', phones: ['0044 (20) 7946-0958'] },
      ['A = B 100 phone'],
    ],
    [
      'profile',
      { name: 'A', links: [{ kind: 'github', value: '@ada' }] },
      { name: 'B', links: [{ kind: 'other', value: 'https://github.com/Ada/' }] },
      ['A = B 100 profile'],
    ],
    ['name', { name: 'Ada Lövelace' }, { name: 'LOVELACE, Ada' }, ['Ada Lövelace = LOVELACE, Ada 50 name']],
    [
      'name and company',
      { name: 'Ada Lovelace', company: 'Acme GmbH' },
      { name: 'Ada Lovelace', company: 'ACME' },
      ['Ada Lovelace = Ada Lovelace 70 name,company'],
    ],
    [
      'similar name and domain',
      { name: 'A. Lovelace', emails: ['a@acme.example'] },
      { name: 'Ada Lovelace', emails: ['al@acme.example'] },
      ['A. Lovelace = Ada Lovelace 50 similar_name,domain'],
    ],
    [
      'handle and company',
      { name: 'A', company: 'Acme', links: [{ kind: 'github', value: 'adal' }] },
      { name: 'B', company: 'Acme', links: [{ kind: 'mastodon', value: '@adal@hachyderm.io' }] },
      ['A = B 50 handle,company'],
    ],
    [
      'one company and its domain alone',
      { name: 'Ada King', company: 'Acme', emails: ['a@acme.example'] },
      { name: 'Bea Queen', company: 'Acme', emails: ['b@acme.example'] },
      [],
    ],
    ['a first name alone', { name: 'Ada' }, { name: 'Ada' }, []],
    [
      'a mail service',
      { name: 'A. Lovelace', emails: ['a@gmail.com'] },
      { name: 'Ada Lovelace', emails: ['b@gmail.com'] },
      [],
    ],
  ])('by %s', async (_, one, other, found) => {
    await person(String(one.name), one);
    await person(String(other.name), other);
    expect(await pairs()).toEqual(found);
  });

  it('are listed the surest first, page by page, with reasons, in one statement, each account its own', async () => {
    const [a, b] = [
      await person('Ada Lovelace', { emails: ['a@b.example'] }),
      await person('Ada Lovelace', { emails: ['a@b.example'] }),
    ];
    await person('Bea King');
    await person('King Bea');
    await person('Cleo Duke', { company: 'Acme' });
    await person('Cleo Duke', { company: 'Acme' });
    await list();
    const { result, statements } = await countStatements(() => list({ first: 2 }));
    expect(statements).toHaveLength(1);
    expect(result.data[0]).toEqual({
      ...{
        firstId: a,
        secondId: b,
        firstName: 'Ada Lovelace',
        secondName: 'Ada Lovelace',
        certainty: 'certain',
        score: 100,
      },
      reasons: [
        { code: 'email', value: 'a@b.example', text: 'Both have the e-mail address a@b.example.' },
        { code: 'name', value: 'ada lovelace', text: 'Both are called ada lovelace, in any order of the words.' },
        { code: 'domain', value: 'b.example', text: 'Both have an address at b.example.' },
      ],
    });
    expect(result.data.map(({ score }) => score)).toEqual([100, 70]);
    expect(result.page.hasNextPage).toBe(true);
    const after = String(result.page.endCursor);
    const rest = await list({ first: 2, after });
    expect(rest.data.map(({ firstName, certainty }) => [firstName, certainty])).toEqual([['Bea King', 'suggested']]);
    expect(rest.page.hasNextPage).toBe(false);
    const stranger = await shared.anotherAccount();
    expect((await list({}, stranger)).data).toEqual([]);
    expect((await list({ after }, stranger)).code).toBe('invalid_cursor');
    expect((await list({ first: 101 })).code).toBe('invalid_input');
  });

  it('are no more once dismissed, merged, deleted or changed, and what is dismissed stays so', async () => {
    const [a, b, c] = [await person('Ada Lovelace'), await person('Ada Lovelace'), await person('Ada Lovelace')];
    expect(await pairs()).toHaveLength(3);
    await program.events();
    expect(await dismiss({ firstId: b, secondId: a })).toEqual({ firstId: b, secondId: a });
    expect(await dismiss({ firstId: a, secondId: b })).toEqual({ firstId: a, secondId: b });
    expect(await program.events()).toEqual([]);
    expect(await pairs()).toHaveLength(2);
    await face.update('Contact', a, { emails: ['a@b.example'] });
    await face.update('Contact', b, { emails: ['a@b.example'] });
    expect(await pairs()).toHaveLength(2);
    await face.act({ type: 'Contact', id: a, noun: 'merge', verb: 'mergeContacts', input: { contactId: c } });
    expect(await pairs()).toEqual([]);
    await face.act({
      type: 'Contact',
      id: c,
      noun: 'unmerge',
      verb: 'unmergeContact',
      ...(name === 'rest' ? { input: {} } : {}),
    });
    expect(await pairs()).toHaveLength(2);
    await face.remove('Contact', b);
    expect(await pairs()).toHaveLength(1);
    await face.update('Contact', c, { name: 'Bea Lovelace' });
    expect(await pairs()).toEqual([]);
    for (const [input, pointer] of [
      [{ firstId: a, secondId: a }, '/secondId'],
      [{ firstId: a, secondId: b }, '/secondId'],
    ] as const)
      expect((await dismiss(input)).errors).toMatchObject([{ pointer }]);
  });
});
