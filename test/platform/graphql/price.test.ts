import { Kind, parse } from 'graphql';
import type { FragmentDefinitionNode, OperationDefinitionNode } from 'graphql';
import { HIGHEST_PRICE, priceOf } from '../../../src/platform/graphql/lane/price.js';
import { TestProgram } from '../../harness/program.js';
import { ask } from './asking.js';

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

function price(query: string, variableValues: Record<string, unknown> = {}): number {
  const { definitions } = parse(query);
  const operation = definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION) as OperationDefinitionNode;
  const fragments = Object.fromEntries(
    definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  ) as Record<string, FragmentDefinitionNode>;
  return priceOf({ schema: program.schema, operation, fragments, variableValues, key: '', savedIds: [] });
}

/** A connection costs itself, its `nodes` field, and what is inside once for each row. */
it.each([
  ['{ account { id name } }', {}, 3],
  ['{ contacts(first: 10) { nodes { id name } } }', {}, 1 + 1 + 10 * 2],
  ['{ contacts { nodes { id } } }', {}, 1 + 1 + 50],
  ['{ contacts(first: 10) { edges { cursor node { id } } pageInfo { hasNextPage } } }', {}, 1 + 1 + 10 * 3 + 2],
  ['{ contacts(first: 10) { nodes { interactions { nodes { id } } } } }', {}, 2 + 10 * (2 + 3)],
  ['{ contacts(first: 10) { totalCount } }', {}, 1 + 20],
  ['query ($n: Int) { contacts(first: $n) { nodes { id } } }', { n: 7 }, 2 + 7],
  ['query ($n: Int) { contacts(first: $n) { nodes { id } } }', { n: null }, 2 + 50],
  ['query ($b: Boolean!) { contacts(first: 9) { nodes { id @skip(if: $b) name } } }', { b: true }, 2 + 9],
  ['{ contacts(first: 9) { nodes { id ...F ...F } } } fragment F on Contact { id name }', {}, 2 + 9 * 2],
  ['{ nodes(ids: ["a", "b", "c"]) { id ... on Contact { name } ... on Round { kind place } } }', {}, 1 + 3 * 3],
])('prices %s with %j at %d', (query, variables, expected) => {
  expect(price(query, variables)).toBe(expected);
});

it('a page of people with what passed between us and their tags is far below the limit', () => {
  const fields = 'id name company title tags emails notes custom level urgency';
  const query = `{ contacts(first: 50) { nodes { ${fields} interactions(first: 10) { nodes { id occurredAt channel summary } } reminders(first: 10) { nodes { id title dueAt } } } } }`;
  expect(price(query)).toBeLessThan(HIGHEST_PRICE / 10);
});

it('a hundred times a hundred times a hundred is refused, and says its price', async () => {
  const query = `query ($n: Int) { contacts(first: $n) { nodes { interactions(first: $n) { nodes { contacts(first: $n) { nodes { id } } } } } } }`;
  const { body } = await ask(program, { query, variables: { n: 100 } });
  expect(body.errors).toEqual([
    {
      message: expect.stringContaining('up to 1,020,202 values; 50,000 are allowed'),
      extensions: { code: 'too_complex' },
    },
  ]);
  expect((await ask(program, { query, variables: { n: 10 } })).body.errors).toBeUndefined();
});

it('the payload of a change has its price too', async () => {
  const inside = 'interactions(first: 100) { nodes { contacts(first: 100) { nodes { id name notes company tags } } } }';
  const query = `mutation { createContact(input: { name: "x" }) { contact { ${inside} } } }`;
  const { body } = await ask(program, { query });
  expect(body.errors?.[0]?.extensions.code).toBe('too_complex');
});
