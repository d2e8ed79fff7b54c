import { listedTypes } from '../../../src/platform/resources/root-reads.js';
import { faceOf, faces, idOfNew } from '../../harness/faces.js';
import type { Face } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';
import { countStatements } from '../../harness/statements.js';

type Body = Record<string, unknown>;

const NOBODY = '01890000-0000-7000-8000-000000000000';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('lists with a saved filter over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
  });
  beforeEach(async () => {
    await program.clear();
    await program.pool.query('truncate saved_filters');
  });

  const people = async (): Promise<void> => {
    await idOfNew(face, 'Contact', { name: 'Ada', tags: ['berlin'], company: 'Acme' });
    await idOfNew(face, 'Contact', { name: 'Bob', tags: ['berlin'], company: 'Initech' });
    await idOfNew(face, 'Contact', { name: 'Cyd', tags: ['paris'], company: 'Acme' });
    await idOfNew(face, 'Contact', { name: 'Dan', tags: ['berlin', 'paris'], company: 'Acme' });
  };
  const save = (more: Body = {}): Promise<string> =>
    idOfNew(face, 'SavedFilter', { name: 'Berlin', list: 'contacts', filter: { tags: { has: 'berlin' } }, ...more });
  const names = async (asked: object, by = face): Promise<unknown> => {
    const { rows, code, message, errors } = await by.page('Contact', asked);
    return code === null ? rows.map((row) => row.name) : [code, errors[0]?.pointer, errors[0]?.code, message];
  };

  it('show what it finds, and what they ask for besides', async () => {
    await people();
    const savedFilter = await save();
    expect(await names({ savedFilter })).toEqual(['Dan', 'Bob', 'Ada']);
    expect(await names({ savedFilter: savedFilter.toUpperCase() })).toEqual(['Dan', 'Bob', 'Ada']);
    expect(await names({ savedFilter, filter: { company: { eq: 'Acme' } } })).toEqual(['Dan', 'Ada']);
    expect(await names({ savedFilter, filter: { or: [{ name: { eq: 'Cyd' } }, { name: { eq: 'Bob' } }] } })).toEqual([
      'Bob',
    ]);
    expect(await names({ savedFilter, q: 'acme' })).toEqual(['Dan', 'Ada']);
    expect(await names({ savedFilter, trash: true })).toEqual([]);
  });

  it('are ordered and searched by it, unless they give an order; both searches count', async () => {
    await people();
    const savedFilter = await save({ filter: {}, sort: ['company', '-name'], q: 'berlin' });
    expect(await names({ savedFilter })).toEqual(['Dan', 'Ada', 'Bob']);
    expect(await names({ savedFilter, sort: 'name' })).toEqual(['Ada', 'Bob', 'Dan']);
    expect(await names({ savedFilter, q: 'paris' })).toEqual(['Dan']);
    expect(await names({ savedFilter, q: 'initech' })).toEqual(['Bob']);
    await face.update('SavedFilter', savedFilter, { sort: [] });
    expect(await names({ savedFilter })).toEqual(expect.arrayContaining(['Ada', 'Bob', 'Dan']));
  });

  it('hold as much as two filters may', async () => {
    await people();
    const deep = { not: { not: { not: { not: { tags: { has: 'paris' } } } } } };
    const many = { or: Array.from({ length: 50 }, (_, n) => ({ name: { eq: n === 0 ? 'Dan' : `${n}` } })) };
    expect(await names({ savedFilter: await save({ filter: deep }), filter: many })).toEqual(['Dan']);
  });

  it('continue after a cursor until it asks for something else', async () => {
    await people();
    const savedFilter = await save({ sort: ['name'] });
    const first = await face.page('Contact', { savedFilter, first: 1 });
    const after = String(first.endCursor);
    expect([first.rows.map((row) => row.name), first.hasNextPage]).toEqual([['Ada'], true]);
    await face.update('SavedFilter', savedFilter, { name: 'In Berlin', note: 'Only called otherwise' });
    expect(await names({ savedFilter, first: 1, after })).toEqual(['Bob']);
    expect((await names({ after, sort: 'name' })) as unknown[]).toContain('invalid_cursor');
    await face.update('SavedFilter', savedFilter, { filter: { tags: { hasAny: ['berlin', 'paris'] } } });
    expect(await names({ savedFilter, first: 1, after })).toEqual([
      ...['invalid_cursor', 'after', 'invalidCursor', expect.stringContaining('Start again without a cursor.')],
    ]);
    expect(await names({ savedFilter, first: 9 })).toEqual(['Ada', 'Bob', 'Cyd', 'Dan']);
  });

  it('leave as a file, too', async () => {
    await people();
    const savedFilter = await save({ sort: ['name'] });
    const written =
      name === 'rest'
        ? (await program.ask('get', `/v1/contacts/export?savedFilter=${savedFilter}`)).body
        : JSON.parse(
            (await program.graphql(`{ exportContacts(savedFilter: "${savedFilter}") { text } }`)).body.data
              .exportContacts.text,
          );
    expect(written.map((row: Body) => row.name)).toEqual(['Ada', 'Bob', 'Dan']);
  });

  it('refuse one of another list, of nobody and of another account, and a text that is no id', async () => {
    await people();
    const savedFilter = await save({ name: 'Mine', list: 'interviews', filter: {} });
    expect(await names({ savedFilter })).toEqual([
      ...['unprocessable', 'savedFilter', 'otherList'],
      `The saved filter "Mine" (${savedFilter}) is for the list interviews, not for contacts: name one for contacts, or none.`,
    ]);
    const unknown = (id: string) => [
      ...['unknown_reference', 'savedFilter', 'unknownReference'],
      `There is no savedFilter ${id} in this account.`,
    ];
    expect(await names({ savedFilter: NOBODY })).toEqual(unknown(NOBODY));
    const theirs = await save({ name: 'Theirs' });
    const stranger = face.as(await program.anotherAccount());
    expect(await names({ savedFilter: theirs }, stranger)).toEqual(unknown(theirs));
    expect(await names({ savedFilter: 'x' })).toEqual([
      ...['invalid_input', 'savedFilter', 'isUuid', 'savedFilter must be a UUID: the id of one saved filter.'],
    ]);
  });

  it('need the scopes of both', async () => {
    await people();
    const savedFilter = await save();
    const few = async (...scopes: string[]): Promise<Face> => {
      const { body } = await program.ask('post', '/v1/keys', { body: { name: 'few', scopes } });
      return face.as(String(body.secret));
    };
    expect(await names({ savedFilter }, await few('contacts:read', 'savedFilters:read'))).toHaveLength(3);
    const lacks = async (scopes: string[], asked: object): Promise<unknown> => {
      const { code, message } = await (await few(...scopes)).page('Contact', asked);
      return [code, message];
    };
    const without = ['forbidden', 'This key lacks the scope savedFilters:read.'];
    expect(await lacks(['contacts:read'], { savedFilter })).toEqual(without);
    expect(await lacks(['contacts:read'], { savedFilter: NOBODY })).toEqual(without);
    expect(await lacks(['savedFilters:read'], { savedFilter })).toEqual([
      ...['forbidden', 'This key lacks the scope contacts:read.'],
    ]);
  });

  it('refuse one that no longer fits, with its name and the way out, until it is changed', async () => {
    await people();
    const savedFilter = await save();
    await program.pool.query(`update saved_filters set filter = '{"shoe": {"eq": 42}}', sort = '{shoe}'`);
    const [code, pointer, why, message] = (await names({ savedFilter })) as string[];
    expect([code, pointer, why]).toEqual(['unprocessable', 'savedFilter', 'isOutdated']);
    expect(message).toContain(
      `The saved filter "Berlin" (${savedFilter}) no longer fits the list contacts: sort takes`,
    );
    expect(message).toContain('shoe cannot be filtered by.');
    expect(message).toMatch(/Change or delete it, or leave it out\.$/);
    expect((await face.update('SavedFilter', savedFilter, { name: 'Shoes' })).code).toBeNull();
    expect((await face.update('SavedFilter', savedFilter, { filter: {} })).errors[0]?.pointer).toBe('/sort');
    expect((await face.update('SavedFilter', savedFilter, { filter: {}, sort: [] })).code).toBeNull();
    expect(await names({ savedFilter })).toHaveLength(4);
  });

  it('take one statement more, and none without it', async () => {
    await people();
    const savedFilter = await save();
    await names({});
    const without = await countStatements(() => names({}));
    const within = await countStatements(() => names({ savedFilter, filter: { company: { eq: 'Acme' } } }));
    expect(within.result).toEqual(['Dan', 'Ada']);
    expect([without.statements.length, within.statements.length]).toEqual([1, 2]);
    expect(without.statements.join()).not.toContain('saved_filters');
  });

  it('may be any list, ranked ones in their own order', async () => {
    for (const [list, type] of listedTypes()) {
      const savedFilter = await idOfNew(face, 'SavedFilter', { name: list, list, filter: {}, sort: ['-id'] });
      const { code } = await face.page(type.name, { savedFilter });
      expect([list, code]).toEqual([list, null]);
    }
    const due = { tags: ['berlin'], keepInTouchEvery: 'P1D' };
    await idOfNew(face, 'Contact', { ...due, name: 'Zoe', metOn: '2019-01-01' });
    await idOfNew(face, 'Contact', { ...due, name: 'Amy', metOn: '2021-01-01' });
    await idOfNew(face, 'Contact', { ...due, name: 'Mia', metOn: '2020-01-01', tags: ['paris'] });
    program.clock.advance(40 * 86_400_000);
    const savedFilter = await save({ sort: ['name'] });
    expect(await names({ list: 'due', savedFilter })).toEqual(['Zoe', 'Amy']);
    expect(await names({ list: 'due' })).toEqual(['Zoe', 'Mia', 'Amy']);
  });
});
