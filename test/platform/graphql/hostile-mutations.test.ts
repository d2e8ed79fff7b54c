import { GraphQLInputObjectType, getNamedType } from 'graphql';
import type { GraphQLField } from 'graphql';
import { TestProgram } from '../../harness/program.js';
import { some } from '../../harness/size.js';

const NOBODY = '01890000-0000-7000-8000-000000000000';
const HOSTILE: readonly unknown[] = [
  null,
  '',
  '\u0000',
  '\ud800',
  'x'.repeat(20_000),
  "'; drop table contacts; --",
  -1,
  1.5,
  2 ** 31,
  true,
  [],
  [null],
  {},
  '9999-12-31T23:59:59Z',
  'P999999999Y',
  'FREQ=DAILY;COUNT=999999',
  NOBODY,
];

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

type Mutation = GraphQLField<unknown, unknown>;

/** The codes of what a mutation refuses; nothing of ours may fail. */
async function codesOf(mutation: Mutation, variables: Record<string, unknown>): Promise<string[]> {
  const declared = mutation.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = mutation.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const fields = 'getFields' in getNamedType(mutation.type) ? '{ __typename }' : '';
  const query = `mutation (${declared}) { ${mutation.name}(${passed}) ${fields} }`;
  const { body } = await program.graphql(query, variables);
  return ((body.errors ?? []) as { extensions: { code: string } }[]).map(({ extensions }) => extensions.code);
}

it('every mutation refuses hostile input with a code, and never fails', async () => {
  const mutations = Object.values(program.schema.getMutationType()?.getFields() ?? {});
  expect(mutations.length).toBeGreaterThan(20);
  const failed: string[] = [];
  for (const mutation of mutations) {
    const input = getNamedType(mutation.args.find(({ name }) => name === 'input')?.type);
    const names = input instanceof GraphQLInputObjectType ? Object.keys(input.getFields()) : [];
    const tries = [
      ...HOSTILE.map((value) => ({ id: value, input: {} })),
      ...names.flatMap((name) => HOSTILE.map((value) => ({ id: NOBODY, input: { [name]: value } }))),
    ];
    for (const variables of some(tries, 3)) {
      const codes = await codesOf(mutation, variables);
      if (codes.some((code) => ['internal', 'unavailable'].includes(code) || !code)) {
        failed.push(`${mutation.name} ${JSON.stringify(variables).slice(0, 120)}: ${codes.join()}`);
      }
    }
  }
  expect(failed).toEqual([]);
});
