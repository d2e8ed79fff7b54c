import { GraphQLInputObjectType, getNamedType, isListType, isNonNullType } from 'graphql';
import { Docs } from '../../../src/platform/http/docs.js';
import { TestProgram } from '../../harness/program.js';
import { ask } from '../graphql/asking.js';

/** At most so many invalid places, each with so much of the caller's own text. */
const MOST_PLACES = 20;
const MOST_OF_OURS = 200;
/** The largest refusal, in characters: 20 places and a message about them. */
const LARGEST_REFUSAL = 30_000;
const CANARY = 'q'.repeat(MOST_OF_OURS + 1);

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

interface Told {
  readonly detail?: string;
  readonly errors?: readonly { pointer: string; code: string }[];
  readonly moreErrors?: number;
}

function expectSmall(text: string): void {
  expect(text.length).toBeLessThan(LARGEST_REFUSAL);
  expect(text).not.toContain(CANARY);
}

const crowd = (count: number, name: (n: number) => string = (n) => `u${n}`): Record<string, unknown> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [name(n), 1]));
/** One name that fills the body. */
const LONG_NAME = { [CANARY.repeat(4_000)]: 1 };

interface Body {
  readonly operation: string;
  readonly method: 'post' | 'patch' | 'put';
  readonly path: string;
  readonly lists: readonly string[];
  readonly objects: readonly string[];
}

type Schema = { type?: unknown; properties?: Record<string, Schema>; $ref?: string; anyOf?: Schema[] };

/** Every operation of REST with a JSON body, with its lists and its objects. */
function bodies(): Body[] {
  const { paths, components } = program.app.get(Docs).document as unknown as {
    paths: Record<
      string,
      Record<string, { operationId: string; requestBody?: { content: Record<string, { schema: Schema }> } }>
    >;
    components: { schemas: Record<string, Schema> };
  };
  const named = ({ $ref }: Schema = {}): Schema => components.schemas[$ref?.split('/').at(-1) ?? ''] ?? {};
  const is = (schema: Schema, type: string): boolean => [schema.type].flat().includes(type);
  return Object.entries(paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).flatMap(([method, { operationId, requestBody }]) => {
      const schema = requestBody?.content['application/json']?.schema;
      if (!schema) return [];
      const { properties = {} } = named(schema);
      const names = (type: string): string[] =>
        Object.entries(properties).flatMap(([name, one]) => (is(one, type) ? [name] : []));
      const address = path.replace(/\{\w+\}/g, '01890000-0000-7000-8000-000000000000');
      return [
        { operation: operationId, method, path: address, lists: names('array'), objects: names('object') } as Body,
      ];
    }),
  );
}

describe('REST', () => {
  const refused = async ({ operation, method, path }: Body, body: object): Promise<Told> => {
    const { status, text, body: told } = await program.ask(method, path, { body });
    if (status < 400 || status >= 500) throw new Error(`${operation} → ${status}`);
    expectSmall(text);
    expect((told.errors ?? []).length).toBeLessThanOrEqual(MOST_PLACES);
    return told as Told;
  };

  it('unknown names: as many as a body may hold, and more', async () => {
    expect(bodies().length).toBeGreaterThan(20);
    for (const body of bodies()) {
      const [beyond] = (await refused(body, crowd(60_000))).errors ?? [];
      expect(beyond).toMatchObject({ pointer: '', code: 'tooManyValues' });
      const { errors = [], moreErrors = 0, detail } = await refused(body, crowd(50_000));
      const unknown = errors.filter(({ code }) => code === 'unknownField').length;
      expect([body.operation, unknown > 0 || errors[0]?.code === 'isBatch']).toEqual([body.operation, true]);
      expect([body.operation, errors.length + moreErrors >= 50_000]).toEqual([body.operation, true]);
      expect(detail).toMatch(/ And [\d,]+ more\.$/);
    }
  });

  it('a name and texts that fill the body', async () => {
    for (const body of bodies()) {
      await refused(body, LONG_NAME);
      await refused(
        body,
        crowd(4_000, (n) => `${CANARY}${n}`),
      );
      for (const name of [...body.lists, ...body.objects]) await refused(body, { [name]: CANARY.repeat(4_000) });
    }
  });

  it('lists and objects that fill the body', async () => {
    for (const body of bodies()) {
      for (const name of body.lists) {
        await refused(body, { [name]: Array.from({ length: 49_000 }, () => CANARY.slice(0, 5)) });
        await refused(body, { [name]: Array.from({ length: 49_000 }, () => ({})) });
        await refused(body, { [name]: [LONG_NAME] });
      }
      for (const name of body.objects) {
        await refused(body, { [name]: crowd(40_000) });
        await refused(body, { [name]: { a: Array.from({ length: 49_000 }, () => 1) } });
        await refused(body, { [name]: LONG_NAME });
      }
    }
  });

  it('operations of a batch: unknown names, and all of them invalid', async () => {
    const batch = {
      operation: 'batchContacts',
      method: 'post',
      path: '/v1/contacts/batch',
      lists: [],
      objects: [],
    } as const;
    const create = { create: { name: 'Ada', ...crowd(40_000) } };
    const { errors, moreErrors } = await refused(batch, { operations: [create] });
    expect(errors).toHaveLength(MOST_PLACES);
    expect(moreErrors).toBe(40_000 - MOST_PLACES);
    const all = await refused(batch, {
      operations: Array.from({ length: 1_000 }, () => ({ create: { nam: 1, emai: 2 } })),
    });
    expect([all.errors?.length, all.moreErrors]).toEqual([MOST_PLACES, 3_000 - MOST_PLACES]);
    await refused(batch, { operations: Array.from({ length: 1_000 }, () => crowd(40)) });
    const apart = await program.ask('post', `${batch.path}?atomic=false`, { body: { operations: [create] } });
    expect(apart.status).toBe(200);
    expectSmall(apart.text);
  });

  it('parts inside a list: their unknown names count as well', async () => {
    const links = [{ url: 'https://a.example', ...crowd(40_000) }];
    const body = { operation: 'createContact', method: 'post', path: '/v1/contacts', lists: [], objects: [] } as const;
    const { moreErrors = 0 } = await refused(body, { name: 'Ada', links });
    expect(moreErrors).toBeGreaterThanOrEqual(40_000 - MOST_PLACES);
  });

  it('few invalid places are all named, and nothing is counted', async () => {
    const { body } = await program.ask('post', '/v1/contacts', { body: { nam: 1, emai: 2 } });
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual(['/emai', '/nam', '/name']);
    expect(body).not.toHaveProperty('moreErrors');
  });

  it('parameters and filters repeat little of a long name', async () => {
    for (const query of [
      `${CANARY}=1`,
      `filter[${CANARY}][eq]=1`,
      `filter[name][${CANARY}]=1`,
      `sort=${CANARY}`,
      `fields=${CANARY}`,
    ]) {
      const { status, text } = await program.ask('get', `/v1/contacts?${query}`);
      expect(status).toBe(400);
      expectSmall(text);
    }
  });
});

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
    for (const { query } of mutations()) {
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
