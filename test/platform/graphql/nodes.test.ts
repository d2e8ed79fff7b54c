import { guardedResources } from '../../../src/platform/contract/resources.js';
import supertest from 'supertest';
import { TestProgram } from '../../harness/program.js';
import { countStatements } from '../../harness/statements.js';
import { ask } from './asking.js';
import { seedCareer } from './career.js';
import type { Career } from './career.js';

const NOBODY = '01890000-0000-7000-8000-000000000000';
const NODE = 'query ($id: ID!) { node(id: $id) { __typename id } }';
const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';

describe.each([{ on: true }, { on: false }])('a node, text lane %j', (textLane) => {
  let program: TestProgram;
  let career: Career;
  beforeAll(async () => {
    program = await TestProgram.start({ textLane });
    career = await seedCareer(program);
  });
  afterAll(() => program.stop());

  const keyWith = async (scopes: string[]): Promise<string> => {
    const query = 'mutation ($input: CreateApiKeyInput!) { createKey(input: $input) { secret } }';
    const { body } = await ask(program, { query, variables: { input: { name: 'few', scopes } } });
    return (body.data?.createKey as { secret: string }).secret;
  };
  const node = async (id: unknown, key = program.key): Promise<unknown> => {
    const { body } = await ask(program, { query: NODE, variables: { id } }, key);
    expect(body.errors).toBeUndefined();
    return body.data?.node;
  };

  it('is whatever has the id, of any type that is offered, in one statement', async () => {
    expect(Object.keys(career)).toHaveLength(guardedResources().size);
    await node(NOBODY);
    for (const [type, [id]] of Object.entries(career)) {
      const { result, statements } = await countStatements(() => node(id));
      expect(result).toEqual({ __typename: type, id });
      expect(statements).toHaveLength(1);
    }
  });

  it('shows what each type selects', async () => {
    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { id ...C ... on Round { kind interview { company } } } }
      fragment C on Contact { name links { kind } interactions(first: 1) { nodes { channel } } }`;
    const [contact, round, reminder] = [career.Contact?.[2], career.Round?.[0], career.Reminder?.[0]];
    const { body } = await ask(program, { query, variables: { ids: [round, NOBODY, contact, 'x', reminder] } });
    expect(body.data?.nodes).toEqual([
      { id: round, kind: 'screening', interview: { company: 'Company 0' } },
      null,
      {
        ...{ id: contact, name: expect.stringContaining('N2') },
        ...{
          links: [{ kind: 'github' }, { kind: 'website' }],
          interactions: { nodes: [{ channel: expect.any(String) }] },
        },
      },
      null,
      { id: reminder },
    ]);
  });

  it('is null without an error for an id of nobody, of another account, of the trash, or of no offered type', async () => {
    const foreign = await program.anotherAccount();
    const attempt = await program.pool.query<{ id: string }>('select id from attempts limit 1');
    const [gone, kept] = [career.Contact?.[20], career.Contact?.[21]];
    const http = supertest(program.app.getHttpServer()).delete(`/v1/contacts/${gone}`);
    expect((await http.set('authorization', `Bearer ${program.key}`)).status).toBe(204);
    for (const id of [NOBODY, 'x', '', gone, attempt.rows[0]?.id]) expect(await node(id)).toBeNull();
    for (const [id] of Object.values(career)) expect(await node(id, foreign)).toBeNull();
    expect(await node(kept)).toEqual({ __typename: 'Contact', id: kept });
    const ids = Object.values(career).flat().slice(0, 100);
    const { body } = await ask(program, { query: NODES, variables: { ids } }, foreign);
    expect(new Set(body.data?.nodes as unknown[])).toEqual(new Set([null]));
  });

  it('is only what the key may read', async () => {
    const few = await keyWith(['contacts:read', 'account:read']);
    const seen: string[] = [];
    for (const [type, [id]] of Object.entries(career)) if (await node(id, few)) seen.push(type);
    expect(seen.sort()).toEqual([
      ...['Account', 'Circle', 'Contact', 'ContactMerge', 'Employment', 'Encounter', 'Erasure', 'Failure', 'Favour'],
      ...['GithubHook', 'Import', 'ImportRow', 'Interaction', 'Membership', 'Tag'],
    ]);
    const none = await keyWith(['contacts:write']);
    expect(await node(career.Contact?.[0], none)).toBeNull();
    const { body } = await ask(program, { query: NODE, variables: { id: NOBODY } }, null);
    expect(body.errors?.[0]?.extensions.code).toBe('unauthenticated');
  });

  it('refuses more than 100 ids', async () => {
    const { body } = await ask(program, { query: NODES, variables: { ids: Array(101).fill(NOBODY) } });
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'invalid_input', errors: [{ pointer: 'ids' }] });
  });
});

it('every resource is a node', async () => {
  const program = await TestProgram.start();
  const { body } = await ask(program, { query: '{ __type(name: "Node") { possibleTypes { name } } }' });
  const { possibleTypes } = body.data?.__type as { possibleTypes: { name: string }[] };
  expect(possibleTypes.map(({ name }) => name)).toEqual(expect.arrayContaining(['Account', 'Attempt', 'Contact']));
  await program.stop();
});
