import { ask } from './asking.js';
import { TwoLanes } from './two-lanes.js';

const NOBODY = '01890000-0000-7000-8000-000000000000';

let lanes: TwoLanes;
let readOnly: string;
let other: string;
let elsewhere: string;

beforeAll(async () => {
  lanes = await TwoLanes.start();
  const made = await ask(lanes.text, {
    query: 'mutation { createKey(input: { name: "few", scopes: ["contacts:read"] }) { secret } }',
  });
  readOnly = (made.body.data?.createKey as { secret: string }).secret;
  other = await lanes.text.anotherAccount();
  const list = await ask(lanes.text, { query: '{ interactions(first: 1) { edges { cursor } } }' });
  elsewhere = (list.body.data?.interactions as { edges: { cursor: string }[] }).edges[0]?.cursor ?? '';
});
afterAll(() => lanes.stop());

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
      () => ({ query: contact, variables: { id: lanes.career.Contact?.[0] } }),
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
    ['an unknown argument', () => ({ query: '{ contacts(least: 3) { nodes { id } } }' }), 'invalid_document'],
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
    key: key ?? (() => lanes.text.key),
  }));

  it.each(complete)('$name', async ({ operation, code, key }) => {
    const before = lanes.answered;
    const [ours, theirs] = await lanes.inBoth(operation(), key());
    expect(ours.body).toEqual(theirs.body);
    expect(ours.status).toBe(theirs.status);
    expect(ours.body.errors?.map(({ extensions }) => extensions.code)).toContain(code);
    expect(lanes.answered).toBe(before);
  });
});
