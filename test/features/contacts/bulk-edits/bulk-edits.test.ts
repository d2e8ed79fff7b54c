import { faceOf, faces, idOfNew } from '../../../harness/faces.js';
import type { Face } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';

type Body = Record<string, unknown>;
interface Answer {
  readonly count?: number;
  readonly edited?: boolean;
  readonly code?: string;
  readonly errors?: readonly { pointer: string; code: string; detail: string }[];
}

const EDIT = 'mutation ($input: BulkEditContactsInput!) { bulkEditContacts(input: $input) { count edited } }';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('bulk edits over %s', (name) => {
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

  const person = (called: string, more: Body = {}) => idOfNew(face, 'Contact', { name: called, ...more });
  const edit = async (input: Body): Promise<Answer> => {
    if (name === 'rest') return (await program.ask('post', '/v1/contacts/bulk-edit', { body: input })).body;
    const { body } = await program.graphql(EDIT, { input });
    return body.errors?.[0]?.extensions ?? body.data.bulkEditContacts;
  };
  const names = async (filter: Body): Promise<unknown[]> =>
    (await face.page('Contact', { filter, sort: 'name' })).rows.map((row) => row.name);

  it('are counted only for whoever may read contacts, because a number tells what they hold', async () => {
    await person('Ada', { notes: 'a secret' });
    const { body: key } = await program.ask('post', '/v1/keys', { body: { name: 'few', scopes: ['contacts:write'] } });
    const few = faceOf(name, program, String(key.secret));
    const input = { filter: { name: { contains: 'Ada' } }, favourite: true };
    const { body } =
      name === 'rest'
        ? await program.ask('post', '/v1/contacts/bulk-edit', { body: input, key: String(key.secret) })
        : await program.graphql(EDIT, { input }, { key: String(key.secret) });
    expect(JSON.stringify(body)).toContain('This key lacks the scope contacts:read.');
    expect(await few.create('Contact', { name: 'Bob' })).toMatchObject({ code: null });
  });

  it('count first, and change all that are not so already, with an event each', async () => {
    const ada = await person('Ada', { tags: ['berlin', 'old'] });
    await person('Bob', { tags: ['new', 'berlin'], favourite: true });
    await person('Eve', { tags: ['berlin'] });
    await person('Dan', { tags: ['old'] });
    await program.events();
    const input = { filter: { tags: { has: 'berlin' } }, addTags: ['new'], removeTags: ['old'], favourite: true };
    expect(await edit(input)).toEqual({ count: 2, edited: false });
    expect(await program.events()).toEqual([]);
    const late = await edit({ ...input, expectCount: 3 });
    expect(late).toMatchObject({ code: 'conflict', errors: [{ pointer: '/expectCount', code: 'otherCount' }] });
    expect(late.errors?.[0]?.detail).toContain('2 contacts would change now, not 3');
    expect(await program.events()).toEqual([]);
    expect(await edit({ ...input, expectCount: 2 })).toEqual({ count: 2, edited: true });
    expect(await program.events()).toEqual(['contact.updated', 'contact.updated']);
    const { rows } = await program.pool.query<{ previous: Body; now: Body }>(
      `select previous, data -> 'tags' as now from events where subject_id = $1 order by sequence desc limit 1`,
      [ada],
    );
    expect(rows).toEqual([{ previous: { tags: ['berlin', 'old'], favourite: false }, now: ['berlin', 'new'] }]);
    expect(await names({ tags: { has: 'new' }, favourite: { eq: true } })).toEqual(['Ada', 'Bob', 'Eve']);
    expect(await edit({ ...input, expectCount: 0 })).toEqual({ count: 0, edited: true });
    expect((await face.page('Tag', { sort: 'name' })).rows.map((tag) => [tag.name, tag.contactCount])).toEqual([
      ['berlin', 3],
      ['new', 3],
      ['old', 1],
    ]);
  });

  it('change whom a saved filter finds, and the filter beside it too', async () => {
    await person('Ada', { tags: ['berlin'], company: 'Acme' });
    await person('Bob', { tags: ['berlin'], company: 'Initech' });
    await person('Eve', { tags: ['paris'], company: 'Acme' });
    const saved = { name: `Berlin ${name}`, list: 'contacts', filter: { tags: { has: 'berlin' } } };
    const savedFilter = await idOfNew(face, 'SavedFilter', { ...saved, sort: ['-name'] });
    const acme = { company: { eq: 'Acme' } };
    expect(await edit({ savedFilter, favourite: true })).toEqual({ count: 2, edited: false });
    expect(await edit({ savedFilter, filter: acme, favourite: true })).toEqual({ count: 1, edited: false });
    await face.update('SavedFilter', savedFilter, { q: 'initech' });
    expect(await edit({ savedFilter, favourite: true, expectCount: 1 })).toEqual({ count: 1, edited: true });
    expect(await names({ favourite: { eq: true } })).toEqual(['Bob']);
    const refusal = async (input: Body) => {
      const { code, errors } = await edit({ favourite: true, ...input });
      return [code, errors?.[0]?.pointer, errors?.[0]?.code];
    };
    expect(await refusal({})).toEqual(['invalid_input', '/filter', 'atLeastOne']);
    const nobody = '01890000-0000-7000-8000-000000000000';
    expect(await refusal({ savedFilter: nobody })).toEqual(['unknown_reference', '/savedFilter', 'unknownReference']);
    await face.update('SavedFilter', savedFilter, { list: 'tags', filter: {}, q: null, sort: [] });
    expect(await refusal({ savedFilter })).toEqual(['unprocessable', '/savedFilter', 'otherList']);
    expect(await names({ favourite: { eq: true } })).toEqual(['Bob']);
  });

  it('move reminders as single edits do', async () => {
    await person('Ada', { tier: 'close', tags: ['x'] });
    await person('Bob');
    await person('Gone', { archived: true });
    await program.events();
    const input = { filter: { archived: { eq: false } }, tier: 'inner', addTags: ['x'] };
    expect(await edit(input)).toEqual({ count: 2, edited: false });
    expect(await edit({ ...input, expectCount: 2 })).toEqual({ count: 2, edited: true });
    expect(await program.events()).toEqual([
      ...['contact.updated', 'reminder.updated', 'contact.updated', 'reminder.created'],
    ]);
    const { rows } = await face.page('Contact', { filter: { tier: { eq: 'inner' } } });
    expect(rows.map(({ tags, nextTouchAt }) => [tags, nextTouchAt !== null])).toEqual([
      [['x'], true],
      [['x'], true],
    ]);
    expect(await edit({ filter: {}, archived: true, tier: null, expectCount: 2 })).toMatchObject({ edited: true });
    expect(await program.events()).toEqual([
      ...['contact.updated', 'reminder.deleted', 'contact.updated', 'reminder.deleted'],
    ]);
  });

  it('change the first ones, part by part', async () => {
    for (const called of ['1', '2', '3']) await person(called);
    const input = { filter: {}, relation: 'friend', first: 2 };
    expect(await edit(input)).toEqual({ count: 2, edited: false });
    expect(await edit({ ...input, expectCount: 2 })).toEqual({ count: 2, edited: true });
    expect(await names({ relation: { eq: 'friend' } })).toEqual(['1', '2']);
    expect(await edit(input)).toEqual({ count: 1, edited: false });
  });

  it('are refused whole, with the place, the rule and the way out', async () => {
    const full = await person('Full', { tags: Array.from({ length: 50 }, (_, n) => `t${n}`) });
    await person('Empty');
    const refusal = async (input: Body) => {
      const { code, errors } = await edit({ filter: {}, expectCount: 2, ...input });
      return [code, errors?.[0]?.pointer, errors?.[0]?.code];
    };
    expect(await refusal({})).toEqual(['invalid_input', '', 'atLeastOne']);
    expect(await refusal({ addTags: ['a'], removeTags: ['a'] })).toEqual([
      ...['invalid_input', '/removeTags', 'contradicts'],
    ]);
    expect(await refusal({ addTags: ['a'] })).toEqual(['invalid_input', '/addTags', 'tooMany']);
    expect((await edit({ filter: {}, expectCount: 2, addTags: ['a'] })).errors?.[0]?.detail).toContain(full);
    expect(await refusal({ favourite: true, filter: { shoe: { eq: 1 } } })).toEqual([
      ...['invalid_input', '/filter/shoe', 'unknownField'],
    ]);
    expect(await refusal({ favourite: true, filter: { name: { like: 'x' } } })).toEqual([
      ...['invalid_input', '/filter/name/like', 'unknownOperator'],
    ]);
    expect(await refusal({ favourite: true, filter: { constructor: { eq: 1 } } })).toEqual([
      ...['invalid_input', '/filter', 'isKept'],
    ]);

    expect(await names({ favourite: { eq: true } })).toEqual([]);
    await program.pool.query(
      `insert into contacts (account_id, id, created_at, updated_at, name)
        select c.account_id, new_id(), now(), now(), 'X' || n from contacts c, generate_series(1, 5000) n where c.name = 'Empty'`,
    );
    expect(await refusal({ archived: true, expectCount: 5_002 })).toEqual(['invalid_input', '/first', 'tooMany']);
    expect(await refusal({ favourite: true, expectCount: 5_002 })).toEqual(['invalid_input', '/first', 'tooMany']);
    const first = { filter: {}, favourite: true, first: 5_000 };
    expect(await edit({ ...first, expectCount: 5_000 })).toEqual({ count: 5_000, edited: true });
    expect(await edit(first)).toEqual({ count: 2, edited: false });
  });
});
