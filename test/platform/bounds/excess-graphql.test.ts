import { GraphQLInputObjectType, getNamedType, isListType, isNonNullType } from 'graphql';
import { TestProgram } from '../../harness/program.js';
import { ask } from '../graphql/asking.js';
import { CANARY, LONG_NAME, MOST_PLACES, crowd, expectSmall } from './excess.js';
import type { Told } from './excess.js';
import { some } from '../../harness/size.js';

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

describe('GraphQL', () => {
  const refused = async (query: string, variables: object = {}): Promise<Told> => {
    const { status, text, body } = await ask(program, { query, variables });
    expect(status).toBeLessThan(500);
    expect(body.errors?.length).toBeGreaterThan(0);
    expect(body.errors?.length).toBeLessThanOrEqual(MOST_PLACES + 1);
    expectSmall(text);
    const [error] = body.errors ?? [];
    expect(error?.extensions.code).toMatch(/^(invalid_input|too_complex|invalid_document|malformed_document)$/);
    return (error?.extensions ?? {}) as Told;
  };

  const mutations = () =>
    Object.values(program.schema.getMutationType()?.getFields() ?? {}).flatMap(({ name, args, type }) => {
      const input = args.find((arg) => arg.name === 'input');
      const of = getNamedType(input?.type);
      if (!(of instanceof GraphQLInputObjectType)) return [];
      const others = args.filter((arg) => arg.name !== 'input' && isNonNullType(arg.type));
      const given = others.map((arg) => `${arg.name}: "01890000-0000-7000-8000-000000000000"`).join(', ');
      const inside = 'getFields' in getNamedType(type) ? '{ __typename }' : '';
      const query = `mutation ($input: ${String(input?.type)}) { ${name}(${given ? `${given}, ` : ''}input: $input) ${inside} }`;
      return [{ name, query, input: of }];
    });

  it('60,000 unknown fields, and a name that fills the body', async () => {
    expect(mutations().length).toBeGreaterThan(20);
    for (const { query } of some(mutations(), 3)) {
      const { errors = [], moreErrors = 0 } = await refused(query, { input: crowd(40_000) });
      expect(errors).toHaveLength(MOST_PLACES);
      expect(moreErrors).toBeGreaterThanOrEqual(40_000 - MOST_PLACES);
      await refused(query, { input: LONG_NAME });
    }
    await refused(mutations()[0]?.query ?? '', { input: crowd(60_000) });
  });

  it('names and lists that fill the body, inside of each field', async () => {
    for (const { query, input } of mutations().filter(({ name }) => /^create(Contact|Webhook)$/.test(name))) {
      for (const { name, type } of Object.values(input.getFields())) {
        await refused(query, { input: { [name]: crowd(40_000) } });
        await refused(query, { input: { [name]: [CANARY.repeat(4_000), { a: CANARY }] } });
        if (isListType(isNonNullType(type) ? type.ofType : type))
          await refused(query, { input: { [name]: Array.from({ length: 40_000 }, () => CANARY.slice(0, 5)) } });
      }
    }
  });

  it('every list that an argument takes has an end', async () => {
    const roots = [program.schema.getQueryType(), program.schema.getMutationType()];
    let tried = 0;
    for (const [index, root] of roots.entries()) {
      for (const { name, args, type } of Object.values(root?.getFields() ?? {})) {
        for (const list of args.filter((arg) => isListType(isNonNullType(arg.type) ? arg.type.ofType : arg.type))) {
          const inside = 'getFields' in getNamedType(type) ? '{ __typename }' : '';
          const query = `${index === 0 ? 'query' : 'mutation'} ($v: ${String(list.type)}) { ${name}(${list.name}: $v) ${inside} }`;
          const item = getNamedType(list.type) instanceof GraphQLInputObjectType ? {} : 'x';
          await refused(query, { v: Array.from({ length: 1_001 }, () => item) });
          tried += 1;
        }
      }
    }
    expect(tried).toBeGreaterThan(15);
  });

  it('every operation of a batch', async () => {
    const query = 'mutation ($o: [ContactOperation!]!) { batchContacts(operations: $o) { status } }';
    const { moreErrors } = await refused(query, { o: Array.from({ length: 1_000 }, () => ({ create: { nam: 1 } })) });
    expect(moreErrors).toBe(2_000 - MOST_PLACES);
    await refused(query, { o: Array.from({ length: 1_001 }, () => ({ delete: { id: CANARY.slice(0, 9) } })) });
  });

  it.each([
    ['a name that fills the document', `{ ${CANARY.repeat(400)} }`],
    ['a document beyond all bounds', `{ ${CANARY.repeat(4_000)} }`],
    [
      'three hundred unknown fields',
      `{ contacts { nodes { ${Array.from({ length: 300 }, (_, n) => `nobody${n}`).join(' ')} } } }`,
    ],
    [
      'unknown types',
      `query (${Array.from({ length: 300 }, (_, n) => `$v${n}: Contac${n}`).join(' ')}) { account { id } }`,
    ],
    ['a syntax error in a long name', `{ a(${CANARY.repeat(100)}: ! ) }`],
    [
      'literals that fit nowhere',
      `mutation { createContact(input: { ${Array.from({ length: 300 }, (_, n) => `n${n}: 1`).join(' ')} }) { contact { id } } }`,
    ],
    ['330 equal fields', `{ contacts { nodes { ${'interactions { nodes { id summary } } '.repeat(330)} } } }`],
    [
      'fragments that are compared',
      `{ contacts { nodes { ${Array.from({ length: 190 }, (_, n) => `...F${n}`).join(' ')} } } } ${Array.from({ length: 190 }, (_, n) => `fragment F${n} on Contact { id name }`).join(' ')}`,
    ],
    [
      'fields that double',
      `{ contacts { nodes { ...F0 } } } ${Array.from({ length: 4 }, (_, n) => `fragment F${n} on Contact { i: interactions { nodes { contacts { nodes { ...F${n + 1} } } } } j: interactions { nodes { contacts { nodes { ...F${n + 1} } } } } }`).join(' ')} fragment F4 on Contact { id }`,
    ],
  ])('%s', async (_, query) => void (await refused(query)));
});
