import { faceOf, faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

const PEOPLE = [
  { name: 'Ada Lovelace' },
  { name: 'Adam Lovell' },
  { name: 'Jonas Adamski' },
  { name: 'Katharine Johnson' },
  { name: 'Michael Schmidt' },
  { name: 'Anna Blau', notes: 'Knows Ada and Rust.' },
  { name: 'Andrea Rot' },
  { name: 'Grace', company: 'Adam Opel' },
  { name: 'Müge Öztürk', company: '삼성전자' },
];

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
  const face = faceOf('rest', shared);
  for (const person of PEOPLE) await face.create('Contact', person);
  for (const company of ['Analytical Engines', 'Difference Engines'])
    await face.create('Interview', { company, role: 'Staff engineer', intent: 'serious' });
  await face.create('Recruiter', { contact: { name: 'Rita' }, agency: 'Talent & Partners' });
});
afterAll(() => shared.stop());

describe.each(faces)('q without a sort, over %s', (name) => {
  const found = async (type: string, q: string, more = {}): Promise<unknown[]> => {
    const { rows } = await faceOf(name, shared).page(type, { q, ...more });
    return rows.map((row) => row.name ?? row.company ?? row.agency);
  };

  it.each([
    // Names that begin so (the newest first), a word of a name, a company, other texts.
    ['ada', ['Adam Lovell', 'Ada Lovelace', 'Jonas Adamski', 'Grace', 'Anna Blau']],
    ['ada lovelace', ['Ada Lovelace', 'Adam Lovell']],
    ['adam', ['Adam Lovell', 'Jonas Adamski', 'Grace', 'Ada Lovelace']],
    ['lovelce', ['Ada Lovelace', 'Adam Lovell']],
    ['Katherin Jonson', ['Katharine Johnson']],
    ['micheal', ['Michael Schmidt']],
    ['SCHMITT', ['Michael Schmidt']],
    ['ozturck', ['Müge Öztürk']],
    ['anna', ['Anna Blau']],
    ['rusty', []],
    ['lovelce@example.org', []],
    ['삼전', []],
  ])('%s finds %j in this order', async (q, expected) => {
    expect(await found('Contact', q)).toEqual(expected);
  });

  it('finds companies and agencies by almost their names', async () => {
    expect(await found('Interview', 'analitical engines')).toEqual(['Analytical Engines', 'Difference Engines']);
    expect(await found('Recruiter', 'tallent partners')).toEqual(['Talent & Partners']);
  });

  it('has pages that continue where the last one ended', async () => {
    const face = faceOf(name, shared);
    const seen: unknown[] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const page = await face.page('Contact', { q: 'ada', first: 2, ...(after ? { after } : {}) });
      seen.push(...page.rows.map((row) => row.name));
      [after, more] = [page.endCursor, page.hasNextPage];
    }
    expect(seen).toEqual(await found('Contact', 'ada'));
  });

  it('lists many matches by age alone, page after page', async () => {
    const face = faceOf(name, shared);
    const many = Array.from({ length: 201 }, (_, index) => ({ name: `${name} ${index}`, company: `Crowd of ${name}` }));
    for (const input of many) await face.create('Contact', input);
    const newest = many.map((one) => one.name).reverse();
    const first = await face.page('Contact', { q: `crowd ${name}`, first: 100 });
    const second = await face.page('Contact', { q: `crowd ${name}`, first: 100, after: first.endCursor ?? '' });
    expect([...first.rows, ...second.rows].map((row) => row.name)).toEqual(newest.slice(0, 200));
  });

  it('keeps the order that the caller asks for', async () => {
    const byName = ['Ada Lovelace', 'Adam Lovell', 'Anna Blau', 'Grace', 'Jonas Adamski'];
    expect(await found('Contact', 'ada', { sort: 'name' })).toEqual(byName);
  });
});

it('q in a relation through a table between is ranked the same, page by page', async () => {
  const { body } = await shared.ask('get', '/v1/contacts?q=a&sort=id&fields=id');
  const contactIds = (body.data as { id: string }[]).map(({ id }) => id);
  const { id } = (await shared.ask('post', '/v1/interactions', { body: { contactIds, channel: 'call' } })).body;
  const query = `query ($id: ID!, $after: String) { interaction(id: $id) { contacts(q: "ada", first: 3, after: $after) {
    nodes { name } pageInfo { hasNextPage endCursor } } } }`;
  const page = async (after?: string) =>
    (await shared.graphql(query, { id, after })).body.data.interaction.contacts as {
      nodes: { name: string }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  const first = await page();
  expect(first.nodes.map(({ name }) => name)).toEqual(['Adam Lovell', 'Ada Lovelace', 'Jonas Adamski']);
  expect(first.pageInfo.hasNextPage).toBe(true);
  const second = await page(first.pageInfo.endCursor);
  expect(second.nodes.map(({ name }) => name)).toEqual(['Grace', 'Anna Blau']);
  expect(second.pageInfo.hasNextPage).toBe(false);
});
