import { faceOf, faces, idOfNew } from '../../../harness/faces.js';
import type { Face } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { countStatements } from '../../../harness/statements.js';

const NOBODY = '01890000-0000-7000-8000-000000000000';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('encounters over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
  });
  beforeEach(async () => {
    await program.clear();
    program.clock.set('2026-03-02T10:00:00.000Z');
    await program.events();
  });

  const idOf = (type: string, input: Record<string, unknown>) => idOfNew(face, type, input);

  it('is logged with who was there, changed and deleted', async () => {
    const [ada, eve] = [await idOf('Contact', { name: 'Ada' }), await idOf('Contact', { name: 'Eve' })];
    const { data } = await face.create('Encounter', {
      kind: 'conference',
      title: 'JSConf Budapest',
      occurredOn: '2026-02-27',
      place: 'Budapest',
      myRole: 'speaker',
      people: [{ contactId: ada.toUpperCase(), role: 'organiser' }, { contactId: eve }],
    });
    const people = [
      { contactId: ada, role: 'organiser' },
      { contactId: eve, role: null },
    ];
    expect(data).toMatchObject({ kind: 'conference', occurredOn: '2026-02-27', url: null, project: null, people });
    const id = String(data.id);
    expect((await face.page('Encounter', { q: 'jsconf' })).rows).toMatchObject([{ id }]);
    expect((await face.update('Encounter', id, { people: [{ contactId: eve, role: 'speaker' }] })).data).toMatchObject({
      people: [{ contactId: eve, role: 'speaker' }],
      version: 2,
    });
    expect((await face.update('Encounter', id, { people: [{ contactId: eve, role: 'speaker' }] })).data).toMatchObject({
      version: 2,
    });
    expect((await face.remove('Encounter', id)).code).toBeNull();
    expect((await face.page('Encounter')).rows).toEqual([]);
    expect(await program.events()).toEqual([
      ...['contact.created', 'contact.created', 'encounter.logged', 'encounter.updated', 'encounter.deleted'],
    ]);
  });

  it('is of today in the zone of the account, unless it says when', async () => {
    expect((await face.create('Encounter', {})).data).toMatchObject({ kind: 'other', occurredOn: '2026-03-02' });
    await program.ask('patch', '/v1/account', { body: { timeZone: 'Asia/Tokyo' } });
    program.clock.set('2026-03-02T20:00:00.000Z');
    const { data } = await face.create('Encounter', { kind: 'meetup' });
    expect(data).toMatchObject({ kind: 'meetup', occurredOn: '2026-03-03' });
    await idOf('Encounter', { occurredOn: '2025-12-01' });
    expect((await face.page('Encounter', { sort: '-occurredOn' })).rows.map((row) => row.occurredOn)).toEqual([
      '2026-03-03',
      '2026-03-02',
      '2025-12-01',
    ]);
    const late = await face.page('Encounter', { filter: { occurredOn: { gte: '2026-03-03' } } });
    expect(late.rows).toMatchObject([{ id: data.id }]);
    await program.ask('patch', '/v1/account', { body: { timeZone: 'UTC' } });
  });

  it('reads project, number and kind from the address, unless the kind is given', async () => {
    const pull = await face.create('Encounter', { url: 'https://github.com/fastify/fastify/pull/4711#issuecomment-1' });
    expect(pull.data).toMatchObject({ kind: 'pull_request', project: 'fastify/fastify', number: 4711 });
    const merge = await face.create('Encounter', { url: 'https://git.example.org/a/b/c/-/merge_requests/7' });
    expect(merge.data).toMatchObject({ kind: 'pull_request', project: 'a/b/c', number: 7 });
    const issue = await face.create('Encounter', {
      kind: 'talk',
      url: 'https://codeberg.org/forgejo/forgejo/issues/9',
    });
    expect(issue.data).toMatchObject({ kind: 'talk', project: 'forgejo/forgejo', number: 9 });
    const found = await face.page('Encounter', { filter: { project: { eq: 'fastify/fastify' } } });
    expect(found.rows).toMatchObject([{ id: pull.data.id }]);
    const id = String(pull.data.id);
    expect((await face.update('Encounter', id, { url: 'https://example.org/blog' })).data).toMatchObject({
      kind: 'pull_request',
      project: null,
      number: null,
    });
    expect((await face.update('Encounter', id, { place: 'Online' })).data).toMatchObject({ url: expect.any(String) });
    expect((await face.update('Encounter', id, { url: null })).data).toMatchObject({ url: null, project: null });
  });

  it('belongs to a circle', async () => {
    const circleId = await idOf('Circle', { name: 'TypeScript Berlin' });
    const id = await idOf('Encounter', { kind: 'meetup', circleId });
    await idOf('Encounter', { kind: 'meetup' });
    expect((await face.page('Encounter', { filter: { circleId: { eq: circleId } } })).rows).toMatchObject([{ id }]);
    expect((await face.update('Encounter', id, { circleId: null })).data).toMatchObject({ circleId: null });
  });

  it('refuses what is not there or said twice, naming the place, and writes nothing', async () => {
    const ada = await idOf('Contact', { name: 'Ada' });
    const id = await idOf('Encounter', { people: [{ contactId: ada }] });
    const stranger = face.as(await program.anotherAccount());
    const theirs = String((await stranger.create('Contact', { name: 'Eve' })).data.id);
    const theirCircle = String((await stranger.create('Circle', { name: 'Theirs' })).data.id);
    await program.events();
    const refused = async (input: Record<string, unknown>) => {
      const answers = [await face.create('Encounter', input), await face.update('Encounter', id, input)];
      return answers.map(({ code, errors }) => [code, ...errors.map(({ pointer }) => pointer)]);
    };
    const people = [{ contactId: ada }, { contactId: NOBODY }, { contactId: theirs }];
    const unknown = ['unknown_reference', '/people/1/contactId', '/people/2/contactId'];
    expect(await refused({ people })).toEqual([unknown, unknown]);
    const twice = ['invalid_input', '/people/1/contactId'];
    expect(await refused({ people: [{ contactId: ada }, { contactId: ada }] })).toEqual([twice, twice]);
    const circle = ['unknown_reference', '/circleId'];
    expect(await refused({ circleId: theirCircle })).toEqual([circle, circle]);
    for (const url of ['example.org', 'javascript:alert(1)', 'ftp://example.org'])
      expect(await refused({ url })).toEqual([
        ['invalid_input', '/url'],
        ['invalid_input', '/url'],
      ]);
    const many = Array.from({ length: 201 }, () => ({ contactId: ada }));
    expect((await refused({ people: many })).map(([code]) => code)).toEqual(['invalid_input', 'invalid_input']);
    expect((await face.one('Encounter', id)).data).toMatchObject({ version: 1, people: [{ contactId: ada }] });
    expect(await program.events()).toEqual([]);
  });

  it('keeps whom it names while they are in the trash', async () => {
    const [ada, eve] = [await idOf('Contact', { name: 'Ada' }), await idOf('Contact', { name: 'Eve' })];
    const id = await idOf('Encounter', { people: [{ contactId: ada }] });
    await face.remove('Contact', ada);
    const people = [{ contactId: ada }, { contactId: eve }];
    expect((await face.update('Encounter', id, { people })).data).toMatchObject({ people });
    expect((await face.create('Encounter', { people })).code).toBe('unknown_reference');
  });
});

it('contacts see their encounters, the last first, and encounters their contacts, in one statement', async () => {
  const program = await shared.asAnother();
  const make = async (path: string, body: object) => (await program.ask('post', path, { body })).body.id as string;
  const [ada, eve] = [await make('/v1/contacts', { name: 'Ada' }), await make('/v1/contacts', { name: 'Eve' })];
  const circleId = await make('/v1/circles', { name: 'Berlin' });
  const days = ['2026-02-01', '2026-03-01', '2026-01-01'];
  const ids: string[] = [];
  for (const occurredOn of days)
    ids.push(await make('/v1/encounters', { occurredOn, circleId, people: [{ contactId: ada }, { contactId: eve }] }));
  const query = `{ contacts(sort: {field: name}) { nodes { name encounters(first: 2) { nodes { occurredOn contacts { nodes { name } } circle { name encounters(first: 1) { nodes { occurredOn } } } } } } } }`;
  const ask = async () => (await program.graphql(query)).body.data.contacts.nodes;
  const seen = (occurredOn: string) => ({
    occurredOn,
    contacts: { nodes: [{ name: 'Ada' }, { name: 'Eve' }] },
    circle: { name: 'Berlin', encounters: { nodes: [{ occurredOn: days[1] }] } },
  });
  await ask();
  const { result, statements } = await countStatements(ask);
  const encounters = { nodes: [seen('2026-03-01'), seen('2026-02-01')] };
  expect(result).toEqual([
    { name: 'Ada', encounters },
    { name: 'Eve', encounters },
  ]);
  expect(statements).toHaveLength(1);
  await program.ask('patch', `/v1/encounters/${ids[2]}`, {
    body: { occurredOn: '2026-03-02', people: [{ contactId: ada }] },
  });
  const { body } = await program.ask('get', '/v1/contacts?sort=name&include=encounters&fields=name');
  expect(body.data).toMatchObject([
    { name: 'Ada', encounters: [{ id: ids[2] }, { id: ids[1] }, { id: ids[0] }] },
    { name: 'Eve', encounters: [{ id: ids[1] }, { id: ids[0] }] },
  ]);
});
