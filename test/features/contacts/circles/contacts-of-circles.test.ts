import { faceOf, faces, idOfNew } from '../../../harness/faces.js';
import type { Face } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';

type Body = Record<string, unknown>;

const NOBODY = '01890000-0000-7000-8000-000000000000';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('contacts of circles over %s', (name) => {
  let program: TestProgram;
  let face: Face;
  let fastify: string;
  let berlin: string;
  let ids: Record<string, string>;

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
  });
  /** Ada is in both circles, Bob in the first, Cyd in the second, Dan in none. */
  beforeEach(async () => {
    await program.clear();
    await program.empty('saved_filters');
    fastify = await idOfNew(face, 'Circle', { name: 'Fastify' });
    berlin = await idOfNew(face, 'Circle', { name: 'Berlin' });
    ids = {};
    for (const person of ['Ada', 'Bob', 'Cyd', 'Dan'])
      ids[person] = await idOfNew(face, 'Contact', { name: person, company: person === 'Bob' ? 'Initech' : 'Acme' });
    for (const [circleId, person] of [
      [fastify, 'Ada'],
      [berlin, 'Ada'],
      [fastify, 'Bob'],
      [berlin, 'Cyd'],
    ] as const)
      await idOfNew(face, 'Membership', { circleId, contactId: ids[person] });
    await program.events();
  });

  const found = async (circleIds: Body, asked: Body = {}, by = face): Promise<unknown> => {
    const { filter = {}, ...more } = asked;
    const page = await by.page('Contact', { sort: 'name', filter: { circleIds, ...(filter as Body) }, ...more });
    return page.code === null ? page.rows.map((row) => row.name) : [page.code, page.errors[0]?.pointer];
  };

  it('are found as the elements of any list are', async () => {
    expect(await found({ has: fastify })).toEqual(['Ada', 'Bob']);
    expect(await found({ has: fastify.toUpperCase() })).toEqual(['Ada', 'Bob']);
    expect(await found({ hasAny: [fastify, berlin] })).toEqual(['Ada', 'Bob', 'Cyd']);
    expect(await found({ hasAll: [fastify, berlin] })).toEqual(['Ada']);
    expect(await found({ hasAll: [fastify, fastify] })).toEqual(['Ada', 'Bob']);
    expect(await found({ hasAll: [berlin, NOBODY] })).toEqual([]);
    expect(await found({ has: fastify, hasAny: [berlin] })).toEqual(['Ada']);
    expect(await found({ has: NOBODY })).toEqual([]);
    expect(await found({}, { filter: { not: { circleIds: { has: fastify } } } })).toEqual(['Cyd', 'Dan']);
    expect(await found({}, { filter: { not: { circleIds: { hasAll: [fastify, berlin] } } } })).toEqual([
      ...['Bob', 'Cyd', 'Dan'],
    ]);
    const either = { or: [{ circleIds: { has: berlin } }, { name: { eq: 'Dan' } }] };
    expect(await found({}, { filter: either })).toEqual(['Ada', 'Cyd', 'Dan']);
  });

  it('are searched, ordered, paged and filtered as any others', async () => {
    expect(await found({ has: fastify }, { filter: { company: { eq: 'Acme' } } })).toEqual(['Ada']);
    expect(await found({ has: fastify }, { q: 'initech' })).toEqual(['Bob']);
    expect(await found({ has: fastify }, { sort: '-name' })).toEqual(['Bob', 'Ada']);
    const first = await face.page('Contact', { sort: 'name', first: 1, filter: { circleIds: { has: fastify } } });
    expect(first.hasNextPage).toBe(true);
    expect(await found({ has: fastify }, { first: 1, after: first.endCursor })).toEqual(['Bob']);
  });

  it('are those of a saved filter, of a file and of a bulk edit', async () => {
    const filter = { circleIds: { has: fastify } };
    const savedFilter = await idOfNew(face, 'SavedFilter', { name: 'Fastify', list: 'contacts', filter });
    expect(await found({}, { savedFilter })).toEqual(['Ada', 'Bob']);
    const input = { filter, favourite: true, expectCount: 2 };
    if (name === 'rest') {
      const file = await program.ask('get', `/v1/contacts/export?format=json&filter[circleIds][has]=${fastify}`);
      expect(file.text).toMatch(/"Bob".*"Ada"/s);
      expect(file.text).not.toContain('Cyd');
      expect((await program.ask('post', '/v1/contacts/bulk-edit', { body: input })).body).toMatchObject({
        edited: true,
      });
    } else {
      const asked = `query ($filter: ContactFilter) { exportContacts(format: json, filter: $filter) { text } }`;
      const { text } = (await program.graphql(asked, { filter })).body.data.exportContacts;
      expect((JSON.parse(text) as Body[]).map((row) => row.name)).toEqual(['Bob', 'Ada']);
      const edit = 'mutation ($input: BulkEditContactsInput!) { bulkEditContacts(input: $input) { count edited } }';
      expect((await program.graphql(edit, { input })).body.data.bulkEditContacts).toEqual({ count: 2, edited: true });
    }
    expect(await found({}, { filter: { favourite: { eq: true } } })).toEqual(['Ada', 'Bob']);
  });

  it('leave with their membership, their circle and themselves', async () => {
    await face.remove('Circle', berlin);
    expect(await found({ has: berlin })).toEqual([]);
    expect(await found({ hasAny: [berlin, fastify] })).toEqual(['Ada', 'Bob']);
    expect(await found({ hasAll: [berlin, fastify] })).toEqual([]);
    expect(await found({}, { filter: { not: { circleIds: { has: berlin } } } })).toHaveLength(4);
    await face.act({ type: 'Circle', id: berlin, noun: 'restoration', verb: 'restoreCircle' });
    expect(await found({ has: berlin })).toEqual(['Ada', 'Cyd']);
    const { rows } = await face.page('Membership', {
      filter: { contactId: { eq: ids.Ada }, circleId: { eq: berlin } },
    });
    await face.remove('Membership', String(rows[0]?.id));
    expect(await found({ has: berlin })).toEqual(['Cyd']);
    await face.remove('Contact', String(ids.Cyd));
    expect(await found({ has: berlin })).toEqual([]);
    expect(await found({ has: berlin }, { trash: true })).toEqual(['Cyd']);
  });

  it('are nobody for another account, and bad ids are refused by their place', async () => {
    const stranger = face.as(await program.anotherAccount());
    await idOfNew(stranger, 'Contact', { name: 'Eve' });
    expect(await found({ has: fastify }, {}, stranger)).toEqual([]);
    expect(await found({ has: 'fastify' })).toEqual(['invalid_input', 'filter/circleIds/has']);
    expect(await found({ hasAll: [] })).toEqual(['invalid_input', 'filter/circleIds/hasAll']);
    expect(await found({ eq: fastify })).toContain('invalid_input');
    const many = Array.from({ length: 101 }, () => fastify);
    expect(await found({ hasAny: many })).toEqual(['invalid_input', 'filter/circleIds/hasAny']);
    expect(await program.events()).toEqual(['contact.created']);
  });
});
