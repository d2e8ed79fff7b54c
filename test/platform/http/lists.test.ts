import { faceOf, faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

const SEED = `insert into contacts (account_id, id, created_at, updated_at, name)
  select a.id, new_id(), now(), now(), 'Contact ' || lpad(n::text, 5, '0') from accounts a, generate_series(1, $1::int) n
  where a.name = 'My career'`;

describe('lists', () => {
  let program: TestProgram;

  beforeAll(async () => {
    program = await TestProgram.start({ env: { DATABASE_POOL: '30' } });
  });
  afterAll(() => program.stop());
  beforeEach(() => program.clear());

  it('links to the next page, and to none after the last', async () => {
    await program.pool.query(SEED, [5]);
    const first = await program.ask('get', '/v1/contacts?first=2&sort=name&filter[name][contains]=contact&fields=name');
    const link = /^<(\/v1\/contacts\?[^>]+)>; rel="next"$/.exec(String(first.headers.link))?.[1] ?? '';
    const second = await program.ask('get', link);
    expect(second.body.data).toEqual([{ name: 'Contact 00003' }, { name: 'Contact 00004' }]);
    const last = await program.ask('get', /<([^>]+)>/.exec(String(second.headers.link))?.[1] ?? '');
    expect(last.body.data).toEqual([{ name: 'Contact 00005' }]);
    expect(last.headers.link).toBeUndefined();
  });

  it('is not misled by a page inside of a row', async () => {
    const custom = { page: { endCursor: 'mine', hasNextPage: true } };
    await program.ask('post', '/v1/contacts', { body: { name: 'A', custom } });
    const page = await program.ask('get', '/v1/contacts');
    expect(page.headers.link).toBeUndefined();
    expect(page.body.data[0].custom).toEqual(custom);
  });

  describe.each(faces)('over %s', (name) => {
    it('finds words wherever there is text, by their beginnings', async () => {
      const face = faceOf(name, program);
      await face.create('Contact', { name: 'Ada Lovelace', company: 'Analytical Engines', tags: ['poetry'] });
      await face.create('Contact', { name: 'Grace Hopper', notes: 'Wrote a compiler; met at Lovelace days' });
      const found = async (q: string): Promise<unknown> =>
        (await face.page('Contact', { q, sort: 'name' })).rows.map((row) => row.name);
      expect(await found('lovelace')).toEqual(['Ada Lovelace', 'Grace Hopper']);
      expect(await found('LOVE engin')).toEqual(['Ada Lovelace']);
      expect(await found('poetry')).toEqual(['Ada Lovelace']);
      expect(await found('compiler ada')).toEqual([]);
      expect(await found("'; drop -- & | ! <-> :*")).toEqual([]);
      expect((await face.page('Contact', { q: ' ' })).errors[0]?.pointer).toBe('q');
      expect((await face.as(await program.anotherAccount()).page('Contact', { q: 'ada' })).rows).toEqual([]);
    });

    it('keeps the deleted in the trash for 30 days', async () => {
      const face = faceOf(name, program);
      const { data } = await face.create('Contact', { name: 'Ada', keepInTouchEvery: 'P3M' });
      const id = String(data.id);
      await face.remove('Contact', id);
      await program.events();
      expect((await face.page('Contact')).rows).toEqual([]);
      expect((await face.page('Contact', { trash: true })).rows.map((row) => row.id)).toEqual([id]);
      const restore = { type: 'Contact', id, noun: 'restoration', verb: 'restoreContact' };
      expect((await face.as(await program.anotherAccount()).act(restore)).code).toBe('not_found');
      expect((await face.act(restore)).data).toMatchObject({ name: 'Ada' });
      expect(await program.events()).toEqual(['contact.restored', 'reminder.created']);
      expect((await face.act(restore)).code).toBe('not_found');
      await face.remove('Contact', id);
      program.clock.advance(31 * 86_400_000);
      expect((await face.act(restore)).code).toBe('not_found');
    });
  });

  it('C3: a walk over 10,000 rows meets each stable row once while 20 writers insert, rename and delete', async () => {
    await program.pool.query(SEED, [10_000]);
    const { rows } = await program.pool.query<{ id: string }>('select id from contacts order by name');
    const stable = new Set(rows.filter((_, i) => i % 10 !== 0).map(({ id }) => id));
    const moving = rows.filter((_, i) => i % 10 === 0).map(({ id }) => id);
    let walking = true;
    const writer = async (n: number): Promise<void> => {
      for (let turn = n; walking; turn += 20) {
        const id = moving[turn % moving.length] ?? '';
        if (turn % 3 === 0) await program.ask('post', '/v1/contacts', { body: { name: `Contact ${turn}x` } });
        else if (turn % 3 === 1)
          await program.ask('patch', `/v1/contacts/${id}`, { body: { name: `Contact ${turn}y` } });
        else await program.ask('delete', `/v1/contacts/${id}`);
      }
    };
    const writers = Array.from({ length: 20 }, (_, n) => writer(n));
    const met: string[] = [];
    for (let next = '/v1/contacts?first=100&sort=name&fields=id'; next !== '';) {
      const page = await program.ask('get', next);
      met.push(...page.body.data.map(({ id }: { id: string }) => id));
      next = /<([^>]+)>/.exec(String(page.headers.link))?.[1] ?? '';
    }
    walking = false;
    await Promise.all(writers);
    const seen = met.filter((id) => stable.has(id));
    expect(seen).toHaveLength(stable.size);
    expect(new Set(seen).size).toBe(stable.size);
  });
});
