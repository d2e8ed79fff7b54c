import { faces } from '../../../harness/faces.js';
import { countStatements } from '../../../harness/statements.js';
import { TestProgram } from '../../../harness/program.js';
import { Ringing } from '../../reminders/ringing.js';

type Body = Record<string, unknown>;

const PARTS =
  'score recency frequency reciprocity breadth tenure touches received given channels silentDays knownDays'.split(' ');
const SELECTED = `warmth warmthParts { ${PARTS.slice(1).join(' ')} }`;

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe('the formula', () => {
  const AT = '2026-03-02T10:00:00Z';
  const of = async (first: string | null, last: string | null, ...counts: number[]): Promise<Body> => {
    const { rows } = await shared.pool.query(`select warmth_of($1, $2, $3, $4, $5, $6, $7) as warmth`, [
      ...[AT, first, last],
      ...counts,
    ]);
    return rows[0].warmth;
  };
  const points = ({ score, recency, frequency, reciprocity, breadth, tenure }: Body): unknown[] => [
    ...[score, recency, frequency, reciprocity, breadth, tenure],
  ];

  it('is 0 in every part without a touch, and 100 when every part is full', async () => {
    expect(await of(null, null, 0, 0, 0, 0)).toEqual({
      ...Object.fromEntries(PARTS.map((part) => [part, 0])),
      silentDays: null,
      knownDays: null,
    });
    expect(points(await of('2021-03-01T00:00:00Z', AT, 12, 12, 12, 3))).toEqual([100, 30, 25, 20, 15, 10]);
    expect(points(await of('1990-01-01T00:00:00Z', AT, 4_000, 9, 9, 8))).toEqual([100, 30, 25, 20, 15, 10]);
  });

  it.each([
    ['2026-03-01T23:59:59Z', 30],
    ['2025-12-02T00:00:00Z', 15],
    ['2025-09-03T00:00:00Z', 8],
    ['2024-03-02T00:00:00Z', 0],
  ])('recency of a last touch at %s is %d', async (last, recency) => {
    expect((await of(last, last, 0, 0, 0, 0)).recency).toBe(recency);
  });

  it.each([
    [1, 2],
    [6, 13],
    [11, 23],
    [12, 25],
  ])('frequency of %d touches is %d', async (touches, frequency) => {
    expect((await of(AT, AT, touches, 0, 0, 0)).frequency).toBe(frequency);
  });

  it.each([
    [0, 7, 0],
    [7, 0, 0],
    [1, 4, 5],
    [4, 1, 5],
    [3, 3, 20],
  ])('reciprocity of %d received and %d given is %d', async (received, given, reciprocity) => {
    expect((await of(AT, AT, 7, received, given, 0)).reciprocity).toBe(reciprocity);
  });

  it.each([
    ['2026-03-02T00:00:00Z', 0],
    ['2023-09-01T00:00:00Z', 5],
    ['2021-03-03T00:00:00Z', 10],
  ])('tenure since %s is %d', async (first, tenure) => {
    expect((await of(first, AT, 0, 0, 0, 0)).tenure).toBe(tenure);
  });

  it('changes once a day, in UTC', async () => {
    const day = async (at: string): Promise<unknown> => {
      const { rows } = await shared.pool.query(
        `select warmth_of($1, '2025-06-01T15:00:00Z', '2025-12-01T15:00:00Z', 1, 1, 1, 1) as warmth`,
        [at],
      );
      return rows[0].warmth.silentDays;
    };
    expect(await Promise.all(['2026-03-02T00:00:00Z', '2026-03-02T23:59:59.999Z'].map(day))).toEqual([91, 91]);
    expect(await day('2026-03-03T00:00:00Z')).toBe(92);
  });
});

describe.each(faces)('warmth over %s', (name) => {
  let on: Ringing;

  beforeAll(async () => {
    on = await Ringing.over(name, shared);
  });
  beforeEach(() => on.clear());

  const person = (called: string): Promise<string> => on.make('Contact', { name: called });
  const touch = (contactId: string, day: string, more: Body = {}): Promise<string> =>
    on.make('Interaction', { contactIds: [contactId], channel: 'call', occurredAt: `${day}T12:00:00Z`, ...more });
  const asked = async (id: string): Promise<Body> => {
    if (name === 'rest') return (await on.program.ask('get', `/v1/contacts/${id}?include=warmth,warmthParts`)).body;
    const { body } = await on.program.graphql(`query ($id: ID!) { contact(id: $id) { ${SELECTED} } }`, { id });
    return body.data.contact;
  };
  const listed = async (sort: string, filter: Body = {}, key?: string): Promise<unknown[]> => {
    const face = key === undefined ? on.face : on.face.as(key);
    const { rows, code, message } = await face.page('Contact', { sort, filter });
    expect([code, message]).toEqual([null, '']);
    return rows.map((row) => row.name);
  };

  it('has five parts and the counts behind them, of touches that count and have taken place', async () => {
    const ada = await person('Ada');
    await touch(ada, '2025-12-02', { direction: 'inbound' });
    await touch(ada, '2025-10-01', { direction: 'outbound', channel: 'email' });
    await touch(ada, '2025-09-01', { direction: 'outbound', channel: 'email' });
    await touch(ada, '2025-03-03');
    await touch(ada, '2025-03-01', { channel: 'video' });
    await touch(ada, '2023-09-01', { channel: 'social' });
    await touch(ada, '2026-03-01', { channel: 'in_person', countsAsTouch: false });
    await touch(ada, '2026-03-05', { channel: 'in_person' });
    const { warmth, warmthParts } = await asked(ada);
    expect(warmth).toBe(15 + 8 + 13 + 10 + 5);
    expect(warmthParts).toMatchObject({
      ...{ recency: 15, frequency: 8, reciprocity: 13, breadth: 10, tenure: 5 },
      ...{ touches: 4, received: 2, given: 3, channels: 2, silentDays: 90, knownDays: 913 },
    });
  });

  it('is 0 for somebody new, follows a touch that is taken back, and is in no event', async () => {
    const ada = await person('Ada');
    expect(await asked(ada)).toMatchObject({ warmth: 0, warmthParts: { touches: 0, silentDays: null } });
    const id = await touch(ada, '2026-03-01');
    expect(await asked(ada)).toMatchObject({ warmth: 30 + 2 + 20 + 5, warmthParts: { touches: 1, silentDays: 1 } });
    await on.face.remove('Interaction', id);
    expect(await asked(ada)).toMatchObject({ warmth: 0 });
    const { rows } = await on.program.pool.query(`select data from events where subject_id = $1`, [ada]);
    expect(rows.length).toBeGreaterThan(1);
    for (const { data } of rows) expect(Object.keys(data).filter((key) => key.startsWith('warmth'))).toEqual([]);
  });

  it('sorts and filters, page by page, and only the contacts of the account', async () => {
    const [ada, bea, cleo] = [await person('Ada'), await person('Bea'), await person('Cleo')];
    await person('Dora');
    await touch(ada, '2025-06-01', { direction: 'outbound' });
    for (const channel of ['call', 'email']) await touch(bea, '2026-02-20', { channel });
    await touch(cleo, '2026-02-20', { direction: 'inbound' });
    expect(await listed('-warmth')).toEqual(['Bea', 'Cleo', 'Ada', 'Dora']);
    expect(await listed('warmth', { warmth: { gte: 1 } })).toEqual(['Ada', 'Cleo', 'Bea']);
    const seen: unknown[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await on.face.page('Contact', { sort: '-warmth', first: 1, ...(after ? { after } : {}) });
      seen.push(...page.rows.map((row) => row.name));
      if (!page.hasNextPage) break;
      after = page.endCursor ?? undefined;
    }
    expect(seen).toEqual(['Bea', 'Cleo', 'Ada', 'Dora']);
    expect(await listed('-warmth', {}, await shared.anotherAccount())).toEqual([]);
  });
});

describe('what is shown only to whoever asks', () => {
  const get = async (path: string): Promise<Body> => (await shared.ask('get', path)).body;
  const costs = (statements: readonly string[]): number => statements.filter((text) => text.includes('warmth')).length;

  it('costs nothing unasked, and one statement for a page', async () => {
    const { body } = await shared.ask('post', '/v1/contacts', { body: { name: 'Ada' } });
    const plain = await countStatements(() => get('/v1/contacts'));
    expect([plain.statements.length, costs(plain.statements)]).toEqual([1, 0]);
    expect(Object.keys((plain.result.data as Body[])[0] ?? {})).not.toContain('warmth');
    const rest = await countStatements(() => get('/v1/contacts?include=warmth'));
    expect([rest.statements.length, costs(rest.statements)]).toEqual([1, 1]);
    expect((rest.result.data as Body[])[0]).toMatchObject({ id: body.id, name: 'Ada', warmth: 0 });
    expect(Object.keys((rest.result.data as Body[])[0] ?? {})).not.toContain('warmthParts');
    const graphql = await countStatements(() => shared.graphql(`{ contacts { nodes { ${SELECTED} } } }`));
    expect([graphql.statements.length, costs(graphql.statements)]).toEqual([1, 1]);
    expect(graphql.statements[0]?.match(/warmth_of/g)).toHaveLength(2);
  });

  it('is named in fields as well, alone or twice', async () => {
    expect((await get('/v1/contacts?fields=name,warmth')).data).toEqual([{ name: 'Ada', warmth: 0 }]);
    expect((await get('/v1/contacts?fields=warmth&include=warmth')).data).toEqual([{ warmth: 0 }]);
    expect(await get('/v1/contacts?include=warm')).toMatchObject({ status: 400, errors: [{ pointer: 'include' }] });
  });

  it('is nothing that a webhook could compare', async () => {
    const body = { url: 'https://kith.example/hook', eventTypes: ['contact.updated'], filter: { warmth: { gte: 50 } } };
    expect((await shared.ask('post', '/v1/webhooks', { body })).body).toMatchObject({
      code: 'invalid_input',
      errors: [{ pointer: '/filter/warmth' }],
    });
  });
});
