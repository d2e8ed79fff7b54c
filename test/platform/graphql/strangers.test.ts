import { getIntrospectionQuery } from 'graphql';
import { TestProgram } from '../../harness/program.js';
import { ask, send } from './asking.js';

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

const EVERYTHING = {
  descriptions: true,
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  schemaDescription: true,
  inputValueDeprecation: true,
  oneOf: true,
};

/** What GraphiQL, GraphQL Code Generator, Relay's tools and Apollo's Rover send. */
const TOOLS: readonly (readonly [name: string, query: string])[] = [
  ['graphql-js', getIntrospectionQuery()],
  ['everything', getIntrospectionQuery(EVERYTHING)],
  ['the least', getIntrospectionQuery({ descriptions: false })],
];

const codesOf = ({ body }: Awaited<ReturnType<typeof ask>>): unknown[] =>
  (body.errors ?? []).map(({ extensions }) => extensions.code);

describe('without a key', () => {
  it.each(TOOLS)('the schema is shown to tools: %s', async (_, query) => {
    const answer = await ask(program, { query }, null);
    expect([answer.status, codesOf(answer)]).toEqual([200, []]);
    const { types } = (answer.body.data as { __schema: { types: { name: string }[] } }).__schema;
    expect(types.map(({ name }) => name)).toContain('Contact');
    expect((await ask(program, { query })).text).toBe(answer.text);
  });

  it('GraphiQL names its query, and a generator may ask with GET', async () => {
    const query = getIntrospectionQuery();
    for (const operationName of [null, '', 'IntrospectionQuery'])
      expect((await ask(program, { query, operationName }, null)).status).toBe(200);
    for (const operationName of ['Another', 7])
      expect((await ask(program, { query, operationName }, null)).status).toBe(401);
    const path = `/graphql?query=${encodeURIComponent('{ __schema { queryType { name } } }')}`;
    expect((await send(program, { method: 'GET', path })).text).toBe(
      '{"data":{"__schema":{"queryType":{"name":"Query"}}}}',
    );
  });

  it('a health check may ask for the name of the root', async () => {
    expect((await ask(program, { query: '{ __typename }' }, null)).body).toEqual({ data: { __typename: 'Query' } });
  });

  const whole = '{ types { name fields { name } } }';
  it.each([
    ['a list of contacts', '{ contacts { nodes { id } } }'],
    ['a mutation', 'mutation { createContact(input: { name: "x" }) { contact { id } } }'],
    ['an alias', `{ a: __schema ${whole} }`],
    ['an alias inside', '{ __schema { types { a: name } } }'],
    ['two of them', `{ __schema ${whole} __schema ${whole} }`],
    ['one beside another field', `{ __schema ${whole} account { id } }`],
    ['a type', '{ __type(name: "Contact") { name } }'],
    [
      'sixty aliases of a fragment',
      `{ ${Array.from({ length: 60 }, (_, n) => `a${n}: __schema { ...F }`).join(' ')} } fragment F on __Schema ${whole}`,
    ],
    ['fields of types of fields', '{ __schema { types { fields { type { fields { name } } } } } }'],
    ['types of fields twice', '{ __schema { types { interfaces { possibleTypes { name } } } } }'],
    ['fragments in a circle', '{ __schema { ...A } } fragment A on __Schema { ...B } fragment B on __Schema { ...A }'],
    [
      'fragments that double',
      `{ __schema { ...F0 } } ${Array.from({ length: 30 }, (_, n) => `fragment F${n} on __Schema { ...F${n + 1} ...F${n + 1} }`).join(' ')} fragment F30 on __Schema { description }`,
    ],
    ['a directive', '{ __schema @include(if: true) { queryType { name } } }'],
    ['a variable', 'query ($a: Int) { __schema { queryType { name } } }'],
    ['two operations', 'query A { __schema { queryType { name } } } query B { __schema { queryType { name } } }'],
    ['no syntax', '{ __schema { '],
    ['unknown fields', '{ nobody }'],
    ['nothing', ''],
  ])('%s is refused unseen', async (_, query) => {
    const answer = await ask(program, { query }, null);
    expect([answer.status, codesOf(answer)]).toEqual([401, ['unauthenticated']]);
    expect(answer.text.length).toBeLessThan(300);
  });

  it('a batch, an upload and a list of variables are refused as well', async () => {
    expect((await ask(program, [{ query: '{ __typename }' }], null)).status).toBe(401);
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    expect((await send(program, { headers, body: '--x--' })).status).toBe(415);
    const variables = { input: Object.fromEntries(Array.from({ length: 60_000 }, (_, n) => [`unknown${n}`, n])) };
    const query = 'mutation ($input: CreateContactInput!) { createContact(input: $input) { contact { id } } }';
    expect((await ask(program, { query, variables }, null)).status).toBe(401);
  });

  it('answers that are not kept are worked out for strangers only now and then', async () => {
    const answers = [];
    for (let n = 0; n < 12; n += 1)
      answers.push(await ask(program, { query: `# ${n}\n{ __schema { queryType { name } } }` }, null));
    const late = answers.filter(({ status }) => status === 429);
    expect(late.length).toBeGreaterThan(5);
    expect([codesOf(late[0] as never), late[0]?.headers['retry-after']]).toEqual([['too_many_requests'], '2']);
    expect((await ask(program, { query: '# mine\n{ __schema { queryType { name } } }' })).status).toBe(200);
  });
});

describe('with a key', () => {
  it.each([
    ['a type', '{ __type(name: "Contact") { name fields { name type { name kind ofType { name } } } } }', null],
    ['the schema beside other fields', '{ __schema { queryType { name } } account { id } }', null],
    [
      'six types',
      `{ ${Array.from({ length: 6 }, (_, n) => `a${n}: __type(name: "Contact") { name }`).join(' ')} }`,
      'too_complex',
    ],
    ['the schema twice', '{ a: __schema { queryType { name } } b: __schema { queryType { name } } }', 'too_complex'],
    ['an alias inside', '{ __schema { types { a: fields { name } b: fields { name } } } }', 'too_complex'],
    ['fields of fields', '{ __type(name: "Query") { fields { type { fields { name } } } } }', 'too_complex'],
    [
      'the same in a fragment',
      '{ ...F } fragment F on Query { __schema { types { fields { type { fields { name } } } } } }',
      'too_complex',
    ],
  ])('%s', async (_, query, code) => {
    expect(codesOf(await ask(program, { query }))).toEqual(code === null ? [] : [code]);
  });
});

describe('GRAPHQL_INTROSPECTION', () => {
  it.each([
    ['keys', 401, []],
    ['false', 401, ['invalid_document']],
  ])('%s', async (GRAPHQL_INTROSPECTION, status, codes) => {
    const closed = await TestProgram.start({ env: { GRAPHQL_INTROSPECTION } });
    try {
      expect((await ask(closed, { query: getIntrospectionQuery() }, null)).status).toBe(status);
      const known = codesOf(await ask(closed, { query: '{ __schema { queryType { name } } }' }));
      expect([...new Set(known)]).toEqual(codes);
    } finally {
      await closed.stop();
    }
  });
});
