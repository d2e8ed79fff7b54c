import { faceOf, faces, idOfNew } from '../../../harness/faces.js';
import type { Face } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { countStatements } from '../../../harness/statements.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('circles over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
  });
  beforeEach(async () => {
    await program.clear();
    await program.events();
  });

  const idOf = (type: string, input: Record<string, unknown>) => idOfNew(face, type, input);

  it('is added, found by its name, changed, deleted and restored', async () => {
    const { data } = await face.create('Circle', { name: 'Écoute Berlin', kind: 'meetup', url: 'https://ecoute.dev' });
    expect(data).toMatchObject({ name: 'Écoute Berlin', kind: 'meetup', notes: null, version: 1 });
    const id = String(data.id);
    expect((await face.create('Circle', { name: 'Alumni of Acme' })).data).toMatchObject({ kind: 'community' });
    expect((await face.page('Circle', { q: 'ecoute' })).rows).toMatchObject([{ id }]);
    expect((await face.page('Circle', { filter: { kind: { eq: 'meetup' } } })).rows).toMatchObject([{ id }]);
    expect((await face.page('Circle', { sort: 'name' })).rows.map((row) => row.name)).toEqual([
      'Alumni of Acme',
      'Écoute Berlin',
    ]);
    expect((await face.update('Circle', id, { kind: 'chat', url: null })).data).toMatchObject({
      kind: 'chat',
      url: null,
    });
    expect((await face.remove('Circle', id)).code).toBeNull();
    expect((await face.one('Circle', id)).code).toBe('not_found');
    const restored = await face.act({ type: 'Circle', id, noun: 'restoration', verb: 'restoreCircle' });
    expect(restored.data).toMatchObject({ name: 'Écoute Berlin' });
    expect(await program.events()).toEqual([
      ...['circle.created', 'circle.created', 'circle.updated', 'circle.deleted', 'circle.restored'],
    ]);
  });

  it('has members: added with the name they have there, changed and taken out', async () => {
    const [circleId, contactId] = [
      await idOf('Circle', { name: 'Fastify', kind: 'open_source' }),
      await idOf('Contact', { name: 'Ada' }),
    ];
    const { data } = await face.create('Membership', { circleId, contactId, handle: 'ada-l', since: '2024-05-01' });
    expect(data).toMatchObject({ circleId, contactId, handle: 'ada-l', role: 'member', since: '2024-05-01' });
    expect((await face.page('Membership', { q: 'ada-l' })).rows).toMatchObject([{ id: data.id }]);
    expect((await face.update('Membership', String(data.id), { role: 'maintainer' })).data).toMatchObject({
      role: 'maintainer',
    });
    expect((await face.remove('Membership', String(data.id))).code).toBeNull();
    expect((await face.page('Membership')).rows).toEqual([]);
    expect(await program.events()).toEqual([
      ...['circle.created', 'contact.created'],
      ...['circle.member_added', 'circle.member_updated', 'circle.member_removed'],
    ]);
  });

  it('lists the contacts of a circle and the circles of a contact', async () => {
    const [one, other] = [await idOf('Circle', { name: 'One' }), await idOf('Circle', { name: 'Other' })];
    const [ada, eve] = [await idOf('Contact', { name: 'Ada' }), await idOf('Contact', { name: 'Eve' })];
    for (const [circleId, contactId] of [
      [one, ada],
      [one, eve],
      [other, ada],
    ])
      await idOf('Membership', { circleId, contactId });
    const namesOf = async (field: string, value: string) =>
      (await face.page('Membership', { filter: { [field]: { eq: value } }, sort: 'id' })).rows;
    expect((await namesOf('circleId', one)).map((row) => row.contactId)).toEqual([ada, eve]);
    expect((await namesOf('contactId', ada)).map((row) => row.circleId)).toEqual([one, other]);
  });

  it('has each contact once, and says which member that is', async () => {
    const [circleId, contactId] = [await idOf('Circle', { name: 'One' }), await idOf('Contact', { name: 'Ada' })];
    const id = await idOf('Membership', { circleId, contactId });
    await program.events();
    const again = await face.create('Membership', { circleId, contactId, handle: 'ada' });
    expect(again).toMatchObject({
      code: 'already_exists',
      errors: [{ pointer: '/contactId', detail: expect.stringContaining(id) }],
    });
    expect(await program.events()).toEqual([]);
  });

  it('refuses what is not there, in the trash or somebody else’s, naming it', async () => {
    const [circleId, contactId] = [await idOf('Circle', { name: 'One' }), await idOf('Contact', { name: 'Ada' })];
    const stranger = face.as(await program.anotherAccount());
    const theirs = String((await stranger.create('Contact', { name: 'Eve' })).data.id);
    await program.events();
    for (const [input, pointer] of [
      [{ circleId, contactId: theirs }, '/contactId'],
      [{ circleId: contactId, contactId }, '/circleId'],
    ] as const)
      expect(await face.create('Membership', input)).toMatchObject({
        code: 'unknown_reference',
        errors: [{ pointer }],
      });
    expect((await stranger.create('Membership', { circleId, contactId: theirs })).errors).toMatchObject([
      { pointer: '/circleId' },
    ]);
    expect(await face.create('Circle', { name: 'One', url: 'javascript:alert(1)' })).toMatchObject({
      code: 'invalid_input',
      errors: [{ pointer: '/url', detail: expect.stringContaining('https://example.org/') }],
    });
    expect((await face.create('Circle', { name: '\u200b', kind: 'club', url: 'x'.repeat(501) })).code).not.toBeNull();
    expect(await program.events()).toEqual([]);
    await face.remove('Circle', circleId);
    expect((await face.create('Membership', { circleId, contactId })).errors).toMatchObject([{ pointer: '/circleId' }]);
  });

  it('comes back from the trash with its members, and a contact to its circles', async () => {
    const [circleId, contactId] = [await idOf('Circle', { name: 'One' }), await idOf('Contact', { name: 'Ada' })];
    await idOf('Membership', { circleId, contactId });
    const circles = async () => {
      const { body } = await program.graphql(
        `{ contact(id: "${contactId}") { circles { nodes { name contacts { nodes { name } } } } memberships { nodes { circle { name } contact { name } } } } }`,
      );
      return body.data.contact;
    };
    const there = {
      circles: { nodes: [{ name: 'One', contacts: { nodes: [{ name: 'Ada' }] } }] },
      memberships: { nodes: [{ circle: { name: 'One' }, contact: { name: 'Ada' } }] },
    };
    expect(await circles()).toEqual(there);
    await face.remove('Circle', circleId);
    expect(await circles()).toEqual({
      circles: { nodes: [] },
      memberships: { nodes: [{ circle: null, contact: { name: 'Ada' } }] },
    });
    await face.act({ type: 'Circle', id: circleId, noun: 'restoration', verb: 'restoreCircle' });
    expect(await circles()).toEqual(there);
  });
});

describe('members', () => {
  it('cannot be moved by a name of another system', async () => {
    const program = await shared.asAnother();
    const make = async (path: string, body: object) => (await program.ask('post', path, { body })).body.id as string;
    const [circleId, other] = [await make('/v1/circles', { name: 'One' }), await make('/v1/circles', { name: 'Two' })];
    const contactId = await make('/v1/contacts', { name: 'Ada' });
    const put = (body: object) => program.ask('put', '/v1/memberships/by/discord/815', { body });
    expect((await put({ circleId, contactId, handle: 'ada' })).status).toBe(201);
    expect((await put({ circleId, contactId, handle: 'ada.l' })).body).toMatchObject({ handle: 'ada.l', version: 2 });
    expect((await put({ circleId: other, contactId })).body).toMatchObject({
      status: 422,
      errors: [{ pointer: '/circleId' }],
    });
  });

  it('of a page of circles are read in one statement, a page of each', async () => {
    const program = await shared.asAnother();
    const make = async (path: string, body: object) => (await program.ask('post', path, { body })).body.id as string;
    const circles = [await make('/v1/circles', { name: 'A' }), await make('/v1/circles', { name: 'B' })];
    for (const person of ['Ada', 'Eve', 'Ida']) {
      const contactId = await make('/v1/contacts', { name: person });
      for (const circleId of circles) await make('/v1/memberships', { circleId, contactId, handle: person });
    }
    const ask = () =>
      program.graphql(
        '{ circles(sort: {field: name}) { nodes { name members(first: 2) { nodes { handle contact { name } } pageInfo { hasNextPage } } } } }',
      );
    // The key is known from now on.
    await ask();
    const { result, statements } = await countStatements(ask);
    const members = {
      nodes: ['Ada', 'Eve'].map((person) => ({ handle: person, contact: { name: person } })),
      pageInfo: { hasNextPage: true },
    };
    expect(result.body.data.circles.nodes).toEqual(['A', 'B'].map((circle) => ({ name: circle, members })));
    expect(statements).toHaveLength(1);
  });
});
