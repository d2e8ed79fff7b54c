import supertest from 'supertest';
import { RingsService } from '../../../src/features/reminders/ringing/rings.service.js';
import { countStatements } from '../../harness/statements.js';
import { TestProgram } from '../../harness/program.js';

let program: TestProgram;
const ids: string[] = [];

beforeAll(async () => {
  program = await TestProgram.start();
  for (let n = 0; n < 60; n += 1) {
    const contact = await post('/v1/contacts', {
      name: `N${String(n).padStart(2, '0')}`,
      tags: ['a', 'b'],
      ...(n % 2 ? { tier: 'close' } : {}),
    });
    ids.push(contact.id);
    for (let day = 1; day <= 4; day += 1) {
      await post('/v1/interactions', {
        contactIds: [contact.id],
        channel: 'call',
        occurredAt: `2026-02-0${day}T10:00:00Z`,
      });
    }
  }
});
afterAll(() => program.stop());

async function post(path: string, body: object) {
  const answer = await supertest(program.app.getHttpServer())
    .post(path)
    .set('authorization', `Bearer ${program.key}`)
    .send(body);
  expect(answer.status).toBeLessThan(300);
  return answer.body;
}

const get = (path: string) =>
  supertest(program.app.getHttpServer()).get(path).set('authorization', `Bearer ${program.key}`);
const ask = (query: string, variables: object = {}) =>
  supertest(program.app.getHttpServer())
    .post('/graphql')
    .set('authorization', `Bearer ${program.key}`)
    .send({ query, variables });

describe('one request, one statement', () => {
  it('50 contacts with tags, their last three interactions and open reminders, over GraphQL', async () => {
    const query = `{ contacts(first: 50, sort: [{ field: name }]) {
      nodes { id name tags interactions(first: 3) { nodes { id occurredAt channel } } reminders { nodes { id kind dueAt } } }
      pageInfo { endCursor hasNextPage } } }`;
    const { result, statements } = await countStatements(() => ask(query));
    expect(result.body.errors).toBeUndefined();
    expect(statements).toHaveLength(1);
    const { nodes, pageInfo } = result.body.data.contacts;
    expect(nodes).toHaveLength(50);
    expect(pageInfo.hasNextPage).toBe(true);
    expect(nodes[1].interactions.nodes.map((one: { occurredAt: string }) => one.occurredAt)).toEqual([
      '2026-02-04T10:00:00.000Z',
      '2026-02-03T10:00:00.000Z',
      '2026-02-02T10:00:00.000Z',
    ]);
    expect(nodes[1].reminders.nodes).toMatchObject([{ kind: 'keep_in_touch' }]);
    expect(nodes[0].reminders.nodes).toEqual([]);
  });

  it('the same over REST, with include', async () => {
    const { result, statements } = await countStatements(() =>
      get('/v1/contacts?first=50&sort=name&include=interactions,reminders'),
    );
    expect(result.status).toBe(200);
    expect(statements).toHaveLength(1);
    expect(result.body.data).toHaveLength(50);
    expect(result.body.data[1].interactions).toHaveLength(3);
    expect(result.body.data[1].reminders).toMatchObject([{ kind: 'keep_in_touch' }]);
  });

  it.each([
    ['read one', () => get(`/v1/contacts/${ids[0]}`)],
    ['read one with a relation', () => get(`/v1/contacts/${ids[0]}?include=interactions&fields=id`)],
    [
      'list with a count and a filter',
      () => get('/v1/contacts?total=true&filter[tags][has]=a&filter[name][startsWith]=n0'),
    ],
    [
      'make one',
      () =>
        supertest(program.app.getHttpServer())
          .post('/v1/contacts')
          .set('authorization', `Bearer ${program.key}`)
          .send({ name: 'One' }),
    ],
    ['read one over GraphQL', () => ask('query ($id: ID!) { contact(id: $id) { id name } }', { id: ids[0] })],
  ])('%s', async (_, request) => {
    const { statements } = await countStatements(async () => expect((await request()).status).toBeLessThan(300));
    expect(statements).toHaveLength(1);
  });

  it('a burst of rings is four statements in one transaction, however many ring: the first asks whether anything comes before them', async () => {
    await program.pool.query(
      `update occurrences set due_at = '2026-01-01', rings_at = '2026-01-01', wakes_at = '2026-01-01' where state = 'scheduled'`,
    );
    const { result, statements } = await countStatements(() => program.app.get(RingsService).ringDue());
    expect(result).toBe(30);
    expect(statements.filter((text) => !/^(begin|commit)$/i.test(text))).toHaveLength(4);
  });
});

describe('GraphQL selections', () => {
  it('keep aliases apart, each with its own arguments', async () => {
    const { body } = await ask(
      `query ($some: Boolean!) { contacts(first: 1, sort: [{ field: name }]) { one: nodes { who: name first: interactions(first: 1) { nodes { id } totalCount }
        all: interactions(sort: [{ field: occurredAt, direction: asc }], first: 10) { edges { cursor node { occurredAt ...More @include(if: $some) } } pageInfo { hasNextPage } } __typename } } }
        fragment More on Interaction { channel ... on Interaction { direction @skip(if: $some) } }`,
      { some: true },
    );
    expect(body.errors).toBeUndefined();
    const [node] = body.data.contacts.one;
    expect(node).toMatchObject({ who: 'N00', first: { totalCount: 4 }, __typename: 'Contact' });
    expect(node.first.nodes).toHaveLength(1);
    expect(node.all.edges.map((edge: { node: object }) => edge.node)).toEqual(
      [1, 2, 3, 4].map((day) => ({ occurredAt: `2026-02-0${day}T10:00:00.000Z`, channel: 'call' })),
    );
    expect(node.all.pageInfo.hasNextPage).toBe(false);
  });

  it('take any alias, also one that the statement itself could use', async () => {
    const { body } = await ask('{ contacts(first: 1) { nodes { o: name t1: id page_n: name row: id } } }');
    expect(body.errors).toBeUndefined();
    expect(Object.keys(body.data.contacts.nodes[0])).toEqual(['o', 't1', 'page_n', 'row']);
  });

  it('page through a relation by its own cursors', async () => {
    const first = await ask(
      `query ($id: ID!) { contact(id: $id) { interactions(first: 3) { nodes { id } pageInfo { endCursor hasNextPage } } } }`,
      { id: ids[0] },
    );
    const { endCursor, hasNextPage } = first.body.data.contact.interactions.pageInfo;
    expect(hasNextPage).toBe(true);
    const query = `query ($id: ID!, $after: String) { contact(id: $id) { interactions(first: 3, after: $after) { nodes { occurredAt } pageInfo { hasNextPage hasPreviousPage } } } }`;
    const second = await ask(query, { id: ids[0], after: endCursor });
    expect(second.body.data.contact.interactions).toEqual({
      nodes: [{ occurredAt: '2026-02-01T10:00:00.000Z' }],
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    });
    const elsewhere = await ask(`query ($after: String) { interactions(after: $after) { nodes { id } } }`, {
      after: endCursor,
    });
    expect(elsewhere.body.errors[0].extensions.code).toBe('invalid_cursor');
  });

  it('say what a page argument breaks, at any depth', async () => {
    const { body } = await ask(`query ($id: ID!) { contact(id: $id) { interactions(first: 101) { nodes { id } } } }`, {
      id: ids[0],
    });
    expect(body.errors[0]).toMatchObject({ extensions: { code: 'invalid_input', errors: [{ pointer: 'first' }] } });
  });
});
