import { TestProgram } from '../../harness/program.js';

interface Connection {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly pageInfo: {
    readonly startCursor: string | null;
    readonly endCursor: string | null;
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
  };
}

const PAGE = 'edges { cursor node { id } } pageInfo { startCursor endCursor hasNextPage hasPreviousPage }';
const SORTS = [
  [],
  [{ field: 'id', direction: 'asc' }],
  [{ field: 'name', direction: 'desc' }],
  [{ field: 'company', direction: 'asc' }],
  [
    { field: 'company', direction: 'desc' },
    { field: 'name', direction: 'asc' },
  ],
  [{ field: 'lastTouchAt', direction: 'desc' }],
];

/** The Relay specification's pages backwards (GraphQL Cursor Connections Specification §4.4). */
describe.each([{ on: true }, { on: false }])('pages backwards, text lane %j', (textLane) => {
  let program: TestProgram;
  const ids: string[] = [];

  beforeAll(async () => {
    program = await TestProgram.start({ textLane });
    for (let n = 0; n < 11; n += 1) {
      const company = n % 3 === 0 ? null : `Company ${n % 4}`;
      const { body } = await program.ask('post', '/v1/contacts', { body: { name: `N${n % 5}`, company } });
      ids.push(body.id);
      if (n % 2 === 0) {
        const call = { contactIds: [body.id], channel: 'call', occurredAt: `2026-02-0${1 + (n % 3)}T10:00:00Z` };
        await program.ask('post', '/v1/interactions', { body: call });
      }
    }
  });
  afterAll(() => program.stop());

  const read = async (given: object): Promise<Connection> => {
    const { body } = await program.graphql(
      `query ($first: Int, $after: String, $last: Int, $before: String, $sort: [ContactSort!], $filter: ContactFilter) {
        contacts(first: $first, after: $after, last: $last, before: $before, sort: $sort, filter: $filter) { ${PAGE} } }`,
      given,
    );
    if (body.errors) throw new Error(body.errors[0].extensions.errors?.[0]?.pointer ?? body.errors[0].extensions.code);
    return body.data.contacts as Connection;
  };
  const idsOf = ({ edges }: Connection): string[] => edges.map(({ node }) => node.id);

  it.each(SORTS)('show the same list as pages forwards, sorted by %j %j', async (...sort) => {
    const whole = idsOf(await read({ first: 100, sort }));
    expect(whole).toHaveLength(11);
    const pages: string[][] = [];
    for (let before: string | null = null; ;) {
      const page = await read({ last: 4, before, sort });
      pages.unshift(idsOf(page));
      expect(page.pageInfo.hasNextPage).toBe(before !== null);
      expect([page.pageInfo.startCursor, page.pageInfo.endCursor]).toEqual([
        page.edges[0]?.cursor,
        page.edges.at(-1)?.cursor,
      ]);
      if (!page.pageInfo.hasPreviousPage) break;
      before = page.pageInfo.startCursor;
    }
    expect(pages.map(({ length }) => length)).toEqual([3, 4, 4]);
    expect(pages.flat()).toEqual(whole);
  });

  it('lead back to where one came from', async () => {
    const sort = SORTS[4];
    const first = await read({ first: 4, sort });
    const second = await read({ first: 4, after: first.pageInfo.endCursor, sort });
    const back = await read({ last: 4, before: second.pageInfo.startCursor, sort });
    expect(back.edges).toEqual(first.edges);
    expect(back.pageInfo).toEqual({ ...first.pageInfo, hasNextPage: true, hasPreviousPage: false });
  });

  it('cut a range between two cursors from either end', async () => {
    const { edges } = await read({ first: 100 });
    const at = (index: number): string => edges[index]?.cursor ?? '';
    const some = (from: number, to: number): string[] => edges.slice(from, to).map(({ node }) => node.id);
    const range = { after: at(1), before: at(8) };
    const all = await read(range);
    expect([idsOf(all), all.pageInfo.hasNextPage, all.pageInfo.hasPreviousPage]).toEqual([some(2, 8), true, true]);
    expect(idsOf(await read({ ...range, first: 2 }))).toEqual(some(2, 4));
    const last = await read({ ...range, last: 2 });
    expect([idsOf(last), last.pageInfo.hasNextPage, last.pageInfo.hasPreviousPage]).toEqual([some(6, 8), true, true]);
    expect(idsOf(await read({ before: at(3), first: 2 }))).toEqual(some(0, 2));
    expect(idsOf(await read({ before: at(3) }))).toEqual(some(0, 3));
    const none = await read({ last: 3, before: at(0) });
    expect(none).toEqual({
      edges: [],
      pageInfo: { startCursor: null, endCursor: null, hasNextPage: true, hasPreviousPage: false },
    });
  });

  it.each([
    [{ first: 1, last: 1 }, 'last'],
    [{ last: 0 }, 'last'],
    [{ last: 101 }, 'last'],
    [{ last: -1 }, 'last'],
    [{ before: 'x'.repeat(3_000) }, 'before'],
    [{ before: 'x' }, 'before'],
    [{ after: 'x' }, 'after'],
  ])('refuse %j', async (given, pointer) => expect(read(given)).rejects.toThrow(pointer));

  it('refuse a cursor of another filter or account', async () => {
    const { pageInfo } = await read({ first: 3 });
    const filter = { name: { eq: 'N1' } };
    await expect(read({ last: 3, before: pageInfo.endCursor, filter })).rejects.toThrow('before');
    const stranger = await program.graphql(
      `query ($before: String) { contacts(last: 3, before: $before) { ${PAGE} } }`,
      { before: pageInfo.endCursor },
      { key: await program.anotherAccount() },
    );
    expect(stranger.body.errors[0].extensions.code).toBe('invalid_cursor');
  });

  it('work inside a row, and with a cursor in the document', async () => {
    const nested = (given: string): string =>
      `{ contact(id: "${ids[0]}") { interactions(${given}) { nodes { occurredAt } ${PAGE} } } }`;
    for (const day of ['03', '04', '05'])
      await program.ask('post', '/v1/interactions', {
        body: { contactIds: [ids[0]], channel: 'call', occurredAt: `2026-01-${day}T10:00:00Z` },
      });
    const days = (body: { data: { contact: { interactions: { nodes: { occurredAt: string }[] } } } }): string[] =>
      body.data.contact.interactions.nodes.map(({ occurredAt }) => occurredAt.slice(5, 10));
    const { body: last } = await program.graphql(nested('last: 2'));
    expect(days(last)).toEqual(['01-04', '01-03']);
    const { startCursor } = last.data.contact.interactions.pageInfo;
    const { body: before } = await program.graphql(nested(`last: 1, before: "${startCursor}"`));
    expect(days(before)).toEqual(['01-05']);
    const { body: root } = await program.graphql(
      `{ a: contacts(last: 1) { ${PAGE} } b: contacts(first: 1) { ${PAGE} } }`,
    );
    expect(root.data.a.edges[0].node.id).toBe(ids[0]);
    expect(root.data.b.edges[0].node.id).toBe(ids.at(-1));
    await program.events();
  });
});
