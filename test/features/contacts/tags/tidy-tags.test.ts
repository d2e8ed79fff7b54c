import { faceOf, faces, idOfNew } from '../../../harness/faces.js';
import type { Face } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { ImportJobs } from '../../../../src/features/contacts/imports/applying/import-jobs.js';

type Body = Record<string, unknown>;

/** One tag as people type and paste it: with spaces, without a break, decomposed, and with a byte order mark. */
const WAYS = [' café  bar', 'cafe\u0301 bar ', 'café\u00a0bar', '\ufeffcafé\u2003\u2003bar', 'café\n bar'];
const TIDY = 'café bar';
const WRAP_UP = 'mutation ($input: WrapUpEncounterInput!) { wrapUpEncounter(input: $input) { encounterId } }';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('tags that differ only in white space are one, over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
  });
  beforeEach(async () => {
    await program.clear();
    await program.empty('imports', 'import_rows', 'saved_filters', 'external_ids');
    await program.events();
  });

  const person = (tags: readonly string[], called = 'Ada') => idOfNew(face, 'Contact', { name: called, tags });
  const tagsOf = async (id: string): Promise<unknown> => (await face.one('Contact', id)).data.tags;
  const found = async (filter: Body): Promise<number> => (await face.page('Contact', { filter })).rows.length;
  const tags = async (): Promise<Body[]> => [...(await face.page('Tag', { sort: 'name' })).rows];
  const bulk = async (input: Body): Promise<Body> => {
    if (name === 'rest') return (await program.ask('post', '/v1/contacts/bulk-edit', { body: input })).body;
    const text = 'mutation ($input: BulkEditContactsInput!) { bulkEditContacts(input: $input) { count edited } }';
    return (await program.graphql(text, { input })).body.data.bulkEditContacts;
  };
  const batch = async (operations: Body[]): Promise<void> => {
    const text = `mutation ($operations: [ContactOperation!]!) { batchContacts(operations: $operations) { status } }`;
    if (name === 'rest') await program.ask('post', '/v1/contacts/batch', { body: { operations } });
    else await program.graphql(text, { operations });
  };

  it('when contacts are made, changed, and changed again to the same', async () => {
    const id = await person([...WAYS, 'z', ' z']);
    expect(await tagsOf(id)).toEqual([TIDY, 'z']);
    expect((await tags()).map((tag) => [tag.name, tag.contactCount])).toEqual([
      [TIDY, 1],
      ['z', 1],
    ]);
    await program.events();
    await face.update('Contact', id, { tags: [`${TIDY} `, 'z'] });
    expect(await program.events()).toEqual([]);
    await face.update('Contact', id, { tags: ['\tz\t'] });
    expect(await tagsOf(id)).toEqual(['z']);
  });

  it('when lists are filtered by them, in saved filters too', async () => {
    await person([TIDY, 'z']);
    for (const way of WAYS) {
      expect(await found({ tags: { has: way } })).toBe(1);
      expect(await found({ tags: { hasAny: ['y', way] } })).toBe(1);
      expect(await found({ tags: { hasAll: [way, ' z'] } })).toBe(1);
      expect((await face.page('Tag', { filter: { name: { eq: way } } })).rows).toHaveLength(1);
    }
    const savedFilter = await idOfNew(face, 'SavedFilter', {
      name: 'Cafés',
      list: 'contacts',
      filter: { tags: { has: WAYS[0] } },
    });
    expect((await face.page('Contact', { savedFilter })).rows).toHaveLength(1);
  });

  it('when many are edited, in batches, and met', async () => {
    const id = await person([TIDY]);
    expect(await bulk({ filter: {}, addTags: [WAYS[1]] })).toEqual({ count: 0, edited: false });
    expect(await bulk({ filter: {}, addTags: [' new  one '], expectCount: 1 })).toEqual({ count: 1, edited: true });
    expect(await tagsOf(id)).toEqual([TIDY, 'new one']);
    expect(await bulk({ filter: {}, removeTags: [WAYS[0]], expectCount: 1 })).toEqual({ count: 1, edited: true });
    expect(await tagsOf(id)).toEqual(['new one']);
    await batch([{ update: { id, set: { tags: WAYS } } }]);
    expect(await tagsOf(id)).toEqual([TIDY]);
    const people = [{ contactId: id, tags: [...WAYS, ' met '] }];
    const input = { title: 'Meetup', occurredOn: '2026-03-01', people };
    if (name === 'rest') await program.ask('post', '/v1/encounters/wrap-up', { body: input });
    else await program.graphql(WRAP_UP, { input });
    expect(await tagsOf(id)).toEqual([TIDY, 'met']);
  });

  it('when they are renamed: to itself nothing happens, and to another the other is named', async () => {
    const id = await person([TIDY, 'z']);
    const [cafe, z] = await tags();
    await program.events();
    await face.update('Tag', String(cafe?.id), { name: WAYS[2] });
    expect(await program.events()).toEqual([]);
    expect(await face.update('Tag', String(z?.id), { name: WAYS[0] })).toMatchObject({ code: 'already_exists' });
    await face.update('Tag', String(z?.id), { name: '  other   name ' });
    expect(await tagsOf(id)).toEqual([TIDY, 'other name']);
  });

  it('when a file has them, and again when the same file comes back', async () => {
    const id = await person([TIDY]);
    await face.update('Contact', id, { emails: ['ada@example.org'] });
    const csv = `Name,E-mail,Tags\nAda,ada@example.org,"café  bar ; z ;  z"\n`;
    const send = async (): Promise<void> => {
      if (name === 'rest') {
        const headers = { 'content-type': 'text/csv' };
        await program.ask('post', '/v1/imports/csv', { headers }).send(csv);
      } else {
        const text = 'mutation ($input: ImportCsvInput!) { importCsv(input: $input) { import { id } } }';
        await program.graphql(text, { input: { csv } });
      }
      while ((await program.app.get(ImportJobs).takeTurn()) !== null);
    };
    await send();
    expect(await tagsOf(id)).toEqual([TIDY, 'z']);
    await send();
    expect(await tagsOf(id)).toEqual([TIDY, 'z']);
  });

  it('and one of which nothing is seen is refused', async () => {
    const made = await face.create('Contact', { name: 'Ada', tags: [' \u00a0 '] });
    expect(made).toMatchObject({ code: 'invalid_input', errors: [{ pointer: '/tags' }] });
  });
});
