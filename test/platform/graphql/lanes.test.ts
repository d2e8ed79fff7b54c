import { createHash } from 'node:crypto';
import { TextLane } from '../../../src/platform/graphql/lane/text-lane.js';
import { TestProgram } from '../../harness/program.js';
import { countStatements } from '../../harness/statements.js';
import { chance } from '../../processes/chance.js';
import { tell } from '../../harness/figures.js';
import { ask, send } from './asking.js';
import type { Reply } from './asking.js';
import { seedCareer } from './career.js';
import type { Career } from './career.js';
import { OperationWriter } from './operations.js';
import { placesOf } from './places.js';

const OPERATIONS = Number(process.env.TEST_OPERATIONS ?? 2_000);
const SEED = Number(process.env.TEST_SEED ?? 20_260_302);
const NOBODY = '01890000-0000-7000-8000-000000000000';

let text: TestProgram;
let ordinary: TestProgram;
let career: Career;
let readOnly: string;
let other: string;
let elsewhere: string;

beforeAll(async () => {
  text = await TestProgram.start({});
  ordinary = await TestProgram.start({
    database: text.database,
    textLane: { on: false },
  });
  career = await seedCareer(text);
  const made = await ask(text, {
    query: 'mutation { createKey(input: { name: "few", scopes: ["contacts:read"] }) { secret } }',
  });
  readOnly = (made.body.data?.createKey as { secret: string }).secret;
  other = await text.anotherAccount();
  const list = await ask(text, { query: '{ interactions(first: 1) { edges { cursor } } }' });
  elsewhere = (list.body.data?.interactions as { edges: { cursor: string }[] }).edges[0]?.cursor ?? '';
});
afterAll(async () => {
  await ordinary.stop();
  await text.stop();
});

const answered = (): number => text.app.get(TextLane).answered;

/** Both lanes' answers; equal in all but the space between tokens, which JSON does not count (RFC 8259 §2). */
async function inBoth(operation: object, key: string | null = text.key): Promise<[Reply, Reply]> {
  return [await ask(text, operation, key), await ask(ordinary, operation, key)];
}

/** The whole answer. Of several fields that fail, which one ends the operation is a matter of time: its code must be the same. */
function said(body: { readonly errors?: readonly { readonly extensions: Record<string, unknown> }[] }): string {
  return JSON.stringify(body.errors?.map(({ extensions: { code } }) => code) ?? body);
}

describe('the text lane', () => {
  it(`answers ${OPERATIONS} generated operations as the ordinary lane does, each with one statement`, async () => {
    const known = await placesOf(text);
    const writer = new OperationWriter(text.schema, chance(SEED), career, (path) => known.get(path) ?? []);
    await inBoth({ query: '{ account { id } }' });
    const before = answered();
    let plain = 0;
    for (let n = 0; n < OPERATIONS; n += 1) {
      const operation = writer.write();
      const { result, statements } = await countStatements(() => ask(text, operation));
      const other = await ask(ordinary, operation, text.key);
      const told = `operation ${n} of seed ${SEED}: ${JSON.stringify(operation)}`;
      if (said(result.body) !== said(other.body)) {
        throw new Error(`${told}\ntext: ${result.text.slice(0, 2_000)}\nordinary: ${other.text.slice(0, 2_000)}`);
      }
      expect([told, result.status, result.headers['content-type']]).toEqual([
        told,
        other.status,
        other.headers['content-type'],
      ]);
      if (result.body.errors) continue;
      plain += 1;
      // Once a minute the key is looked up again.
      const reads = statements.filter((statement) => !statement.startsWith('update api_keys'));
      if (reads.length > 1) throw new Error(`${reads.join('\n')}: ${told}`);
    }
    expect(plain).toBeGreaterThan(OPERATIONS * 0.9);
    tell(`G2: ${OPERATIONS} generated operations of seed ${SEED} in both lanes: none differs.`);
    expect((answered() - before) / OPERATIONS).toBeGreaterThanOrEqual(0.95);
  }, 600_000);

  it('binds ids and cursors, so that their values make no new statement', async () => {
    const list = 'query ($after: String) { contacts(first: 2, after: $after) { nodes { id } pageInfo { endCursor } } }';
    const one = 'query ($id: ID!, $other: ID!) { contact(id: $id) { name } node(id: $other) { id } }';
    const seen = new Set<string>();
    let after: unknown = (await ask(text, { query: list })).body.data?.contacts;
    for (let n = 0; n < 4; n += 1) {
      const variables = { after: (after as { pageInfo: { endCursor: string } }).pageInfo.endCursor };
      const page = await countStatements(() => ask(text, { query: list, variables }));
      after = page.result.body.data?.contacts;
      const ids = { id: career.Contact?.[n], other: career.Round?.[n] };
      const row = await countStatements(() => ask(text, { query: one, variables: ids }));
      expect(row.result.body.data).toMatchObject({ node: { id: ids.other } });
      for (const statement of [...page.statements, ...row.statements]) seen.add(statement);
    }
    expect(seen.size).toBe(2);
  });

  it('leaves what no projection answers to the ordinary lane, in the same request', async () => {
    const before = answered();
    const mixed = await inBoth({
      query: '{ __typename __schema { queryType { name } } contacts(first: 1) { nodes { id } } }',
    });
    expect(mixed[0].body.data).toMatchObject({ __typename: 'Query', __schema: { queryType: { name: 'Query' } } });
    expect(mixed[0].body).toEqual(mixed[1].body);
    expect((await ask(text, { query: '{ __typename }' }, null)).body).toEqual({ data: { __typename: 'Query' } });
    const query = '{ ...F } fragment F on Query { __typename }';
    expect((await ask(text, { query }, null)).body).toEqual({ data: { __typename: 'Query' } });
    expect(answered()).toBe(before);
  });

  it('keeps what HTTP says: the method, the media type, persisted queries', async () => {
    const query = '{ contacts(first: 1) { nodes { name } } }';
    const accept = 'application/graphql-response+json';
    const path = `/graphql?query=${encodeURIComponent(query)}`;
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const before = answered();
    for (const program of [text, ordinary]) {
      const authorization = `Bearer ${text.key}`;
      const headers = { authorization, 'apollo-require-preflight': '1' };
      const got = await send(program, { method: 'GET', path, headers: { ...headers, accept } });
      expect([got.status, got.headers['content-type']]).toEqual([200, `${accept}; charset=utf-8`]);
      const picture = await send(program, {
        ...{ method: 'GET', path },
        headers: { ...headers, accept: 'image/png' },
      });
      expect(picture.status).toBe(406);
      const csrf = await send(program, { method: 'GET', path, headers: { authorization } });
      expect(csrf.status).toBe(400);
      expect((await ask(program, { extensions }, text.key)).body.errors?.[0]?.extensions.code).toBe(
        'persisted_query_not_found',
      );
      expect((await ask(program, { query, extensions }, text.key)).body).toEqual(got.body);
      expect((await ask(program, { extensions }, text.key)).body).toEqual(got.body);
    }
    expect(answered() - before).toBe(4);
  });
});

const deep = (levels: number): string => '{ interactions { nodes { contacts '.repeat(levels) + '{ totalCount }';

describe('refusals are the same in both lanes', () => {
  const contact = 'query ($id: ID!) { contact(id: $id) { id } }';
  const page =
    'query ($first: Int, $after: String, $filter: ContactFilter, $sort: [ContactSort!]) { contacts(first: $first, after: $after, filter: $filter, sort: $sort) { nodes { id } } }';
  const cases: [name: string, operation: () => object, code: string | null, key?: () => string | null][] = [
    ['no key', () => ({ query: '{ contacts { nodes { id } } }' }), 'unauthenticated', () => null],
    [
      'an unknown key',
      () => ({ query: '{ contacts { nodes { id } } }' }),
      'unauthenticated',
      () => `kith_${'x'.repeat(43)}`,
    ],
    ['a missing scope', () => ({ query: '{ reminders { nodes { id } } }' }), 'forbidden', () => readOnly],
    [
      'a missing scope beside another',
      () => ({ query: '{ contacts { nodes { id } } account { id } }' }),
      'forbidden',
      () => readOnly,
    ],
    ['an unknown id', () => ({ query: contact, variables: { id: NOBODY } }), 'not_found'],
    [
      'an unknown id beside another field',
      () => ({ query: `{ contact(id: "${NOBODY}") { id } account { id } }` }),
      'not_found',
    ],
    [
      'an id of another account',
      () => ({ query: contact, variables: { id: career.Contact?.[0] } }),
      'not_found',
      () => other,
    ],
    ['no id at all', () => ({ query: contact, variables: { id: 'x' } }), 'invalid_input'],
    ['a cursor that is none', () => ({ query: page, variables: { after: 'x' } }), 'invalid_cursor'],
    ['a cursor of another list', () => ({ query: page, variables: { after: elsewhere } }), 'invalid_cursor'],
    [
      'a nested cursor that is none',
      () => ({ query: '{ contacts { nodes { interactions(after: "x") { nodes { id } } } } }' }),
      'invalid_cursor',
    ],
    ['a page of none', () => ({ query: page, variables: { first: 0 } }), 'invalid_input'],
    ['a page too large', () => ({ query: page, variables: { first: 101 } }), 'invalid_input'],
    [
      'a nested page too large',
      () => ({ query: '{ contacts { nodes { reminders(first: 101) { nodes { id } } } } }' }),
      'invalid_input',
    ],
    [
      'an instant that is none',
      () => ({ query: page, variables: { filter: { createdAt: { gt: 'x' } } } }),
      'invalid_input',
    ],
    [
      'half a pair',
      () => ({ query: page, variables: { filter: { createdAt: { between: ['2026-01-01T00:00:00Z'] } } } }),
      'invalid_input',
    ],
    [
      'an unknown operator',
      () => ({ query: page, variables: { filter: { createdAt: { near: 'x' } } } }),
      'invalid_input',
    ],
    [
      'the same sort twice',
      () => ({ query: page, variables: { sort: [{ field: 'id' }, { field: 'id' }] } }),
      'invalid_input',
    ],
    ['a sort that is none', () => ({ query: page, variables: { sort: [{ field: 'notes' }] } }), 'invalid_input'],
    ['a variable of the wrong type', () => ({ query: page, variables: { first: 'many' } }), 'invalid_input'],
    ['a missing variable', () => ({ query: contact }), 'invalid_input'],
    ['a null where none may be', () => ({ query: contact, variables: { id: null } }), 'invalid_input'],
    ['an unknown field', () => ({ query: '{ contacts { nodes { accountId } } }' }), 'invalid_document'],
    ['an unknown argument', () => ({ query: '{ contacts(last: 3) { nodes { id } } }' }), 'invalid_document'],
    ['no selection', () => ({ query: '{ contacts }' }), 'invalid_document'],
    ['no such syntax', () => ({ query: '{ contacts { ' }), 'malformed_document'],
    [
      'two operations and no name',
      () => ({ query: 'query A { account { id } } query B { account { id } }' }),
      'unknown_operation',
    ],
    [
      'a name that no operation has',
      () => ({ query: 'query A { account { id } }', operationName: 'C' }),
      'unknown_operation',
    ],
    ['too deep', () => ({ query: `{ contacts { nodes ${deep(5)} ${'} } }'.repeat(5)} } }` }), 'too_complex'],
    [
      'too many aliases',
      () => ({ query: `{ contacts { nodes { ${Array.from({ length: 61 }, (_, n) => `a${n}: id`).join(' ')} } } }` }),
      'too_complex',
    ],
    [
      'too many rows',
      () => ({
        query:
          '{ contacts(first: 100) { nodes { interactions(first: 100) { nodes { contacts(first: 100) { nodes { id } } } } } } }',
      }),
      'too_complex',
    ],
    [
      'too many nodes',
      () => ({
        query: '{ nodes(ids: $ids) { id } }'.replace('{', 'query ($ids: [ID!]!) {'),
        variables: { ids: Array(101).fill(NOBODY) },
      }),
      'invalid_input',
    ],
    ['nothing at all', () => ({}), 'malformed_body'],
  ];

  const complete = cases.map(([name, operation, code, key]) => ({
    name,
    operation,
    code,
    key: key ?? (() => text.key),
  }));

  it.each(complete)('$name', async ({ operation, code, key }) => {
    const before = answered();
    const [ours, theirs] = await inBoth(operation(), key());
    expect(ours.body).toEqual(theirs.body);
    expect(ours.status).toBe(theirs.status);
    expect(ours.body.errors?.map(({ extensions }) => extensions.code)).toContain(code);
    expect(answered()).toBe(before);
  });
});
