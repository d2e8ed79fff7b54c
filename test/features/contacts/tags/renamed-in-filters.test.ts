import { faceOf, faces, idOfNew } from '../../../harness/faces.js';
import type { Face } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';

type Body = Record<string, unknown>;

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('saved filters by a tag that is renamed or merged, over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
  });
  beforeEach(async () => {
    await program.clear();
    await program.empty('saved_filters');
    await idOfNew(face, 'Contact', { name: 'Ada', tags: ['js', 'go'] });
  });

  const save = (filter: Body, list = 'contacts') =>
    idOfNew(face, 'SavedFilter', { name: `${list} ${JSON.stringify(filter)}`, list, filter });
  const filterOf = async (id: string): Promise<unknown> => (await face.one('SavedFilter', id)).data.filter;
  const idOf = async (tag: string): Promise<string> =>
    String((await face.page('Tag', { filter: { name: { eq: tag } } })).rows[0]?.id);

  it.each<[string, Body, Body]>([
    ['one', { tags: { has: 'js' } }, { tags: { has: 'JavaScript' } }],
    ['one with spaces', { tags: { has: ' js ' } }, { tags: { has: 'JavaScript' } }],
    ['among others', { tags: { hasAny: ['js', 'ts'] } }, { tags: { hasAny: ['JavaScript', 'ts'] } }],
    ['joined by commas', { tags: { hasAll: 'go,js' } }, { tags: { hasAll: ['go', 'JavaScript'] } }],
    [
      'deep inside',
      { or: [{ not: { tags: { has: 'js' } } }, { name: { eq: 'js' } }] },
      { or: [{ not: { tags: { has: 'JavaScript' } } }, { name: { eq: 'js' } }] },
    ],
  ])('%s: the filter follows, with its event', async (_, before, after) => {
    const id = await save(before);
    await program.events();
    await face.update('Tag', await idOf('js'), { name: 'JavaScript' });
    expect(await filterOf(id)).toEqual(after);
    expect(await program.events()).toEqual(['contact.updated', 'saved_filter.updated']);
  });

  it('merging names the other tag, each once', async () => {
    const id = await save({ tags: { hasAny: ['js', 'go'] } });
    await face.act({
      type: 'Tag',
      id: await idOf('go'),
      noun: 'merge',
      verb: 'mergeTags',
      input: { tagId: await idOf('js') },
    });
    expect(await filterOf(id)).toEqual({ tags: { hasAny: ['go'] } });
    expect((await face.page('Contact', { savedFilter: id })).rows).toHaveLength(1);
  });

  it('what has another tag, only looks like it, or is of another list or account, stays', async () => {
    const others = [{ tags: { has: 'jsx' } }, { tags: { has: 'JS' } }, { name: { eq: 'js' } }];
    const ids = await Promise.all(others.map((filter) => save(filter)));
    const circles = await save({ name: { eq: 'js' } }, 'circles');
    const stranger = face.as(await program.anotherAccount());
    const theirs = await idOfNew(stranger, 'SavedFilter', {
      name: 'x',
      list: 'contacts',
      filter: { tags: { has: 'js' } },
    });
    await program.events();
    await face.update('Tag', await idOf('js'), { name: 'JavaScript' });
    expect(await program.events()).toEqual(['contact.updated']);
    expect(await Promise.all([...ids, circles].map(filterOf))).toEqual([...others, { name: { eq: 'js' } }]);
    expect((await stranger.one('SavedFilter', theirs)).data.filter).toEqual({ tags: { has: 'js' } });
  });
});
