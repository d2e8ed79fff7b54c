import { faceOf, faces, idOfNew } from '../../harness/faces.js';
import type { Face } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

type Body = Record<string, unknown>;

const BERLIN = { name: 'Berlin', list: 'contacts', filter: { tags: { has: 'berlin' } } };

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('saved filters over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
  });
  beforeEach(async () => {
    await program.pool.query('truncate saved_filters');
    await program.events();
  });

  const refusal = async (input: Body): Promise<unknown> => {
    const { code, errors } = await face.create('SavedFilter', { ...BERLIN, ...input });
    return [code, ...errors.flatMap((error) => [error.pointer, error.code])];
  };

  it('are saved, read, listed, changed and deleted, each with its event', async () => {
    const { data } = await face.create('SavedFilter', { ...BERLIN, q: 'ada', sort: ['-lastTouchAt', 'name'] });
    expect(data).toMatchObject({ ...BERLIN, q: 'ada', sort: ['-lastTouchAt', 'name'], note: null, version: 1 });
    const id = String(data.id);
    const filter = { or: [{ tags: { has: 'potsdam' } }, { createdAt: { gt: '-P30D' } }] };
    const { data: changed } = await face.update('SavedFilter', id, { filter, q: null, sort: [], note: 'Near me' });
    expect(changed).toMatchObject({ name: 'Berlin', filter, q: null, sort: [], note: 'Near me', version: 2 });
    expect((await face.update('SavedFilter', id, { filter })).data).toMatchObject({ version: 2 });
    const listed = await face.page('SavedFilter', { filter: { list: { eq: 'contacts' }, name: { contains: 'BERL' } } });
    expect(listed.rows).toEqual([changed]);
    expect((await face.remove('SavedFilter', id)).code).toBeNull();
    expect((await face.one('SavedFilter', id)).code).toBe('not_found');
    expect(await program.events()).toEqual(['saved_filter.created', 'saved_filter.updated', 'saved_filter.deleted']);
  });

  it('have names of their own, whatever the case, in each account', async () => {
    const id = await idOfNew(face, 'SavedFilter', BERLIN);
    const other = await idOfNew(face, 'SavedFilter', { ...BERLIN, name: 'Old friends' });
    expect(await refusal({ name: 'BERLIN' })).toEqual(['already_exists', '/name', 'alreadyThere']);
    const taken = await face.update('SavedFilter', other, { name: 'berlin' });
    expect([taken.code, taken.errors[0]?.pointer]).toEqual(['already_exists', '/name']);
    expect(taken.message).toContain(id);
    expect((await face.update('SavedFilter', id, { name: 'berlin' })).data.name).toBe('berlin');
    expect((await face.as(await program.anotherAccount()).create('SavedFilter', BERLIN)).code).toBeNull();
  });

  it('are judged like the filter of their list, with every place that does not fit', async () => {
    expect(await refusal({ list: 'shoes' })).toEqual(['invalid_input', '/list', 'unknownList']);
    expect((await face.create('SavedFilter', { ...BERLIN, list: 'shoes' })).message).toContain('Allowed: ');
    expect(await refusal({ filter: { shoe: { eq: 1 } } })).toEqual(['invalid_input', '/filter/shoe', 'unknownField']);
    expect(await refusal({ filter: { name: { like: 'x' } } })).toEqual([
      ...['invalid_input', '/filter/name/like', 'unknownOperator'],
    ]);
    expect(await refusal({ filter: { and: [{ tier: { eq: 'none' } }] } })).toEqual([
      ...['invalid_input', '/filter/and/0/tier/eq', 'notAcceptable'],
    ]);
    expect(await refusal({ sort: ['shoe'], filter: { shoe: {} } })).toEqual([
      ...['invalid_input', '/sort', 'isSort', '/filter/shoe', 'unknownField'],
    ]);
    expect(await refusal({ sort: ['name', '-name'] })).toEqual(['invalid_input', '/sort', 'isSort']);
    expect(await refusal({ list: 'tags', filter: {}, q: 'x' })).toEqual(['invalid_input', '/q', 'isSearch']);
    const id = await idOfNew(face, 'SavedFilter', BERLIN);
    const moved = await face.update('SavedFilter', id, { list: 'tags' });
    expect(moved.errors.map(({ pointer }) => pointer)).toEqual(['/filter/tags']);
    expect((await face.one('SavedFilter', id)).data).toMatchObject({ list: 'contacts', version: 1 });
    expect(await program.events()).toEqual(['saved_filter.created']);
  });

  it('are bounded: what a filter holds, its size, and 200 of an account', async () => {
    const conditions = (most: number): Body => ({ or: Array.from({ length: most }, () => ({ name: { eq: 'x' } })) });
    expect(await refusal({ filter: conditions(51) })).toEqual(['invalid_input', '/filter', 'tooMany']);
    const deep = (levels: number): Body => (levels === 0 ? { name: { eq: 'x' } } : { not: deep(levels - 1) });
    expect(await refusal({ filter: deep(5) })).toEqual([
      ...['invalid_input', '/filter/not/not/not/not/not', 'tooDeep'],
    ]);
    const large = { name: { in: Array.from({ length: 100 }, () => 'x'.repeat(170)) } };
    expect(await refusal({ filter: large })).toEqual(['invalid_input', '/filter', 'isSmall']);
    expect(await refusal({ name: '50', filter: conditions(50) })).toEqual([null]);
    await program.pool.query(
      `insert into saved_filters (account_id, id, created_at, updated_at, name, list, filter)
        select s.account_id, new_id(), now(), now(), 'n' || n, s.list, s.filter from saved_filters s, generate_series(2, 200) n`,
    );
    expect(await refusal({})).toEqual(['invalid_input', '', 'tooMany']);
    const { rows } = await face.page('SavedFilter', { filter: { name: { eq: 'n2' } } });
    expect((await face.update('SavedFilter', String(rows[0]?.id), { note: 'One of many' })).code).toBeNull();
  });

  it('need scopes of their own', async () => {
    const id = await idOfNew(face, 'SavedFilter', BERLIN);
    const few = async (...scopes: string[]): Promise<Face> => {
      const { body } = await program.ask('post', '/v1/keys', { body: { name: 'few', scopes } });
      return face.as(String(body.secret));
    };
    const reader = await few('savedFilters:read');
    expect((await reader.one('SavedFilter', id)).code).toBeNull();
    expect((await reader.update('SavedFilter', id, { note: 'x' })).message).toContain('savedFilters:write');
    expect((await (await few('contacts:read')).one('SavedFilter', id)).message).toContain('savedFilters:read');
  });
});
