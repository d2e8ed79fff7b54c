import { Column, Entity } from 'typeorm';
import { features } from '../../../src/app/app.module.js';
import { Choice, Integer, Text } from '../../../src/platform/contract/fields.js';
import { partial, pick } from '../../../src/platform/contract/recipes.js';
import { Input, Resource } from '../../../src/platform/contract/shapes.js';
import { Owned } from '../../../src/platform/database/owned.js';
import { searchedSql } from '../../../src/platform/projection/search.js';
import { resourceModule } from '../../../src/platform/resources/resource-module.js';
import { faceOf, faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

@Entity('toys')
@Resource('A toy.', { restorable: true })
class Toy extends Owned {
  @Column('timestamptz', { nullable: true })
  deletedAt!: Date | null;

  @Column('text')
  @Text({ max: 50, filter: true, sort: true, search: true, description: 'What it is called.' })
  name!: string;

  @Column('text', { default: 'wood' })
  @Choice({ name: 'Material', values: ['wood', 'tin'], defaulted: true, filter: true, description: 'What it is of.' })
  material!: string;

  @Column('integer', { nullable: true })
  @Integer({ min: 0, max: 99, nullable: true, filter: true, description: 'From which age on.' })
  age!: number | null;
}

@Input('A new toy.')
class CreateToyInput extends pick(Toy, ['name', 'material', 'age']) {}

@Input('What can be changed of a toy.')
class UpdateToyInput extends partial(CreateToyInput) {}

const TABLE = `create table toys (
  account_id uuid not null references accounts (id), id uuid not null,
  created_at timestamptz not null, updated_at timestamptz not null, version integer not null default 1, deleted_at timestamptz,
  name text not null, material text not null default 'wood', age integer, primary key (account_id, id))`;

/** A resource added here has the whole contract by existing: nothing below is written for it. */
describe('a new resource', () => {
  let program: TestProgram;

  beforeAll(async () => {
    const toys = resourceModule(Toy, { create: CreateToyInput, update: UpdateToyInput, remove: true });
    program = await TestProgram.start({ features: [...features, toys] });
    await program.pool.query(TABLE);
    await program.pool.query(`create index on toys using gin (account_id, ${searchedSql(Toy, null)})`);
  });
  afterAll(() => program.stop());
  beforeEach(async () => {
    await program.pool.query('truncate toys, external_ids');
    await program.events();
  });

  describe.each(faces)('over %s', (name) => {
    it('is made, read, changed, deleted, each with its event', async () => {
      const face = faceOf(name, program);
      const { data: toy } = await face.create('Toy', { name: 'Top' });
      expect(toy).toMatchObject({ name: 'Top', material: 'wood', age: null, version: 1 });
      expect((await face.update('Toy', String(toy.id), { age: 3 })).data).toMatchObject({ age: 3, version: 2 });
      expect((await face.update('Toy', String(toy.id), { age: 3 })).data).toMatchObject({ version: 2 });
      expect((await face.remove('Toy', String(toy.id))).code).toBeNull();
      expect((await face.one('Toy', String(toy.id))).code).toBe('not_found');
      expect(
        (await face.act({ type: 'Toy', id: String(toy.id), noun: 'restoration', verb: 'restoreToy' })).data,
      ).toMatchObject({ age: 3 });
      expect(await program.events()).toEqual(['toy.created', 'toy.updated', 'toy.deleted', 'toy.restored']);
    });

    it('is listed with filter, sort and cursor', async () => {
      const face = faceOf(name, program);
      for (const toy of ['Top', 'Kite', 'Ball'])
        await face.create('Toy', { name: toy, material: toy === 'Kite' ? 'tin' : 'wood' });
      const first = await face.page('Toy', { sort: 'name', first: 1, filter: { material: { eq: 'wood' } } });
      expect(first.rows.map((row) => row.name)).toEqual(['Ball']);
      const next = await face.page('Toy', {
        sort: 'name',
        first: 1,
        filter: { material: { eq: 'wood' } },
        after: String(first.endCursor),
      });
      expect(next.rows.map((row) => row.name)).toEqual(['Top']);
      expect((await face.page('Toy', { filter: { colour: { eq: 'red' } } })).code).toMatch(/^invalid_/);
    });

    it('refuses what its rules forbid, and writes nothing', async () => {
      const { code } = await faceOf(name, program).create('Toy', { name: 'x'.repeat(51) });
      expect(code).toBe('invalid_input');
      expect(await program.events()).toEqual([]);
    });

    it('is nobody else’s', async () => {
      const { data: toy } = await faceOf(name, program).create('Toy', { name: 'Top' });
      const stranger = faceOf(name, program, await program.anotherAccount());
      expect((await stranger.one('Toy', String(toy.id))).code).toBe('not_found');
      expect((await stranger.update('Toy', String(toy.id), { age: 1 })).code).toBe('not_found');
      expect((await stranger.remove('Toy', String(toy.id))).code).toBe('not_found');
      expect((await stranger.page('Toy')).rows).toEqual([]);
    });

    it('needs its own scopes', async () => {
      const keyed = await program.ask('post', '/v1/keys', { body: { name: 'reader', scopes: ['toys:read'] } });
      const reader = faceOf(name, program, keyed.body.secret);
      expect((await reader.page('Toy')).code).toBeNull();
      expect((await reader.create('Toy', { name: 'Top' })).code).toBe('forbidden');
      const other = await program.ask('post', '/v1/keys', { body: { name: 'other', scopes: ['contacts:*'] } });
      expect((await faceOf(name, program, other.body.secret).page('Toy')).code).toBe('forbidden');
    });
  });

  it('has batches, names of other systems, search, trash, entity tags and documents', async () => {
    const operations = [{ create: { name: 'Spinning top' } }, { create: { name: 'Kite' } }];
    const batch = await program.ask('post', '/v1/toys/batch', { body: { operations } });
    expect(batch.body.data.map(({ status }: { status: number }) => status)).toEqual([201, 201]);
    const put = await program.ask('put', '/v1/toys/by/shop/17', { body: { name: 'Ball' } });
    expect([put.status, put.headers.location]).toEqual([201, `/v1/toys/${put.body.id}`]);
    const found = await program.ask('get', '/v1/toys?q=spin&fields=name');
    expect(found.body.data).toEqual([{ name: 'Spinning top' }]);
    await program.ask('delete', `/v1/toys/${put.body.id}`);
    const trash = await program.ask('get', '/v1/toys?trash=true&fields=name');
    expect(trash.body.data).toEqual([{ name: 'Ball' }]);
    const { body: document } = await program.ask('get', '/openapi.json');
    expect(Object.keys(document.paths).filter((path) => path.startsWith('/v1/toys'))).toHaveLength(5);
    expect(Object.keys(document.webhooks)).toContain('toy.restored');
    const { body } = await program.graphql(
      '{ node(id: "00000000-0000-0000-0000-000000000000") { ... on Toy { name } } }',
    );
    expect(body).toEqual({ data: { node: null } });
  });
});
