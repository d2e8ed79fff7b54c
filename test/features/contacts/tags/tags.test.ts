import { faceOf, faces, idOfNew } from '../../../harness/faces.js';
import type { Face } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { countStatements } from '../../../harness/statements.js';

type Body = Record<string, unknown>;

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('tags over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
  });
  beforeEach(() => program.clear());

  const person = (called: string, ...tags: string[]) => idOfNew(face, 'Contact', { name: called, tags });
  const list = async (sort = 'name'): Promise<unknown[][]> =>
    (await face.page('Tag', { sort })).rows.map((tag) => [tag.name, tag.contactCount]);
  const idOf = async (tag: string): Promise<string> =>
    String((await face.page('Tag', { filter: { name: { eq: tag } } })).rows[0]?.id);
  const tagsOf = async (id: string): Promise<unknown> => (await face.one('Contact', id)).data.tags;
  const merge = async (id: string, tagId: string) =>
    face.act({ type: 'Tag', id, noun: 'merge', verb: 'mergeTags', input: { tagId } });

  it('are there for as long as a contact carries them, with how many do', async () => {
    const [ada, eve] = [await person('Ada', 'berlin', 'TypeScript'), await person('Eve', 'berlin', 'typescript')];
    await person('Bob');
    expect(await list()).toEqual([
      ['berlin', 2],
      ['typescript', 1],
      ['TypeScript', 1],
    ]);
    expect((await list('-contactCount'))[0]).toEqual(['berlin', 2]);
    expect((await countStatements(() => face.page('Tag', { sort: 'name' }))).statements).toHaveLength(1);
    const first = await face.page('Tag', { sort: 'name', first: 2 });
    const rest = await face.page('Tag', { sort: 'name', first: 2, after: String(first.endCursor) });
    expect([first.rows.length, first.hasNextPage, rest.rows.map((tag) => tag.name)]).toEqual([2, true, ['TypeScript']]);
    expect((await face.page('Tag', { filter: { name: { contains: 'SCRIPT' } } })).rows).toHaveLength(2);
    await face.update('Contact', eve, { tags: ['berlin', 'berlin', 'new'] });
    expect(await list()).toEqual([
      ['berlin', 2],
      ['new', 1],
      ['TypeScript', 1],
    ]);
    await face.remove('Contact', ada);
    expect(await list()).toEqual([
      ['berlin', 1],
      ['new', 1],
    ]);
    await face.act({ type: 'Contact', id: ada, noun: 'restoration', verb: 'restoreContact' });
    expect(await list()).toHaveLength(3);
  });

  it('are renamed on every contact, in their place and with an event each; a name that is taken says which tag to merge into', async () => {
    const ada = await person('Ada', 'a', 'js', 'z');
    const [gone] = [await person('Gone', 'js'), await person('Other', 'z', 'node')];
    await face.remove('Contact', gone);
    await program.events();
    const id = await idOf('js');
    const { data } = await face.update('Tag', id, { name: 'JavaScript' });
    expect(data).toMatchObject({ id, name: 'JavaScript', contactCount: 1, version: 2 });
    expect(await program.events()).toEqual(['contact.updated']);
    expect(await tagsOf(ada)).toEqual(['a', 'JavaScript', 'z']);
    const { rows } = await program.pool.query<{ previous: Body }>(
      `select previous from events where type = 'contact.updated' order by sequence desc limit 1`,
    );
    expect(rows[0]?.previous).toEqual({ tags: ['a', 'js', 'z'] });
    await face.act({ type: 'Contact', id: gone, noun: 'restoration', verb: 'restoreContact' });
    expect(await tagsOf(gone)).toEqual(['JavaScript']);
    await program.events();
    const node = await idOf('node');
    const taken = await face.update('Tag', id, { name: 'node' });
    expect(taken).toMatchObject({ code: 'already_exists', errors: [{ pointer: '/name', code: 'alreadyThere' }] });
    expect(taken.message).toContain(node);
    expect((await face.update('Tag', id, { name: 'JavaScript' })).data).toMatchObject({ version: 2 });
    expect((await face.update('Tag', id, { name: '' })).code).toBe('invalid_input');
    expect(await program.events()).toEqual([]);
  });

  it('are merged: who carried both carries one', async () => {
    const both = await person('Both', 'ts', 'x', 'typescript');
    const one = await person('One', 'ts');
    await person('Other', 'typescript');
    await program.events();
    const [kept, merged] = [await idOf('typescript'), await idOf('ts')];
    const { data } = await merge(kept, merged);
    expect(data).toMatchObject({ id: kept, name: 'typescript', contactCount: 3 });
    expect(await program.events()).toEqual(['contact.updated', 'contact.updated']);
    expect([await tagsOf(both), await tagsOf(one)]).toEqual([['typescript', 'x'], ['typescript']]);
    expect((await face.one('Tag', merged)).code).toBe('not_found');
    expect((await merge(kept, kept)).errors).toMatchObject([{ pointer: '/tagId', code: 'notItself' }]);
    expect((await merge(kept, merged)).code).toBe('unknown_reference');
    expect((await merge(merged, kept)).code).toBe('not_found');
  });

  it('are deleted from every contact', async () => {
    const ada = await person('Ada', 'old', 'new');
    await program.events();
    const id = await idOf('old');
    expect((await face.remove('Tag', id)).code).toBeNull();
    expect(await program.events()).toEqual(['contact.updated']);
    expect([await tagsOf(ada), await list()]).toEqual([['new'], [['new', 1]]]);
    expect((await face.remove('Tag', id)).code).toBe('not_found');
  });

  it('change on at most 5,000 contacts at once', async () => {
    await person('First', 'many', 'few');
    const more = (count: number) =>
      program.pool.query(
        `insert into contacts (account_id, id, created_at, updated_at, name, tags)
          select c.account_id, new_id(), c.created_at, c.updated_at, 'X ' || n, '{many}' from contacts c, generate_series(1, $1::int) n where c.name = 'First'`,
        [count],
      );
    await more(5_000);
    const id = await idOf('many');
    expect((await face.update('Tag', id, { name: 'lots' })).code).toBe('unprocessable');
    expect((await merge(await idOf('few'), id)).code).toBe('unprocessable');
    expect((await face.remove('Tag', id)).code).toBe('unprocessable');
    expect(await list()).toEqual([
      ['few', 1],
      ['many', 5_001],
    ]);
  });
});
