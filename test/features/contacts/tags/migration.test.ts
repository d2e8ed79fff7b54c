import { migrations } from '../../../../src/app/data-source.js';
import { connect, dataSource, migrate } from '../../../../src/platform/database/source.js';
import { freshDatabase } from '../../../harness/databases.js';

const ACCOUNT = '01890000-0000-7000-8000-000000000000';

it('tags that differ only in white space become one, in the first of their places, in the trash too', async () => {
  const database = await freshDatabase();
  const first = migrations.findIndex(({ name }) => name.startsWith('TidyTags'));
  const old = dataSource({ url: database.url, pool: 2, entities: [], migrations: migrations.slice(0, first) });
  const pool = await connect(old);
  await pool.query('drop schema public cascade');
  await pool.query('create schema public');
  await migrate(old);
  await pool.query(`insert into accounts (account_id, id, created_at, updated_at, name)
    values ('${ACCOUNT}', '${ACCOUNT}', now(), now(), 'Old')`);
  await pool.query(
    `insert into contacts (account_id, id, created_at, updated_at, name, tags, deleted_at) select $1, new_id(), now(), now(), x.* from (values
      ('Ada', array['z', ' type  script', 'go', 'type script', E'type\\u00a0script\\u2003'], null::timestamptz),
      ('Bob', array['type script', 'z'], null), ('Gone', array[' go '], now()), ('None', '{}', null)) x`,
    [ACCOUNT],
  );
  await old.destroy();
  const current = dataSource({ url: database.url, pool: 2, entities: [], migrations });
  const migrated = await connect(current);
  await migrate(current);
  const { rows } = await migrated.query('select name, tags from contacts order by name');
  expect(rows).toEqual([
    { name: 'Ada', tags: ['z', 'type script', 'go'] },
    { name: 'Bob', tags: ['type script', 'z'] },
    { name: 'Gone', tags: ['go'] },
    { name: 'None', tags: [] },
  ]);
  const { rows: tags } = await migrated.query(
    `select t.name, count(*)::int as carried from tags t join contact_tags l on l.account_id = t.account_id and l.tag_id = t.id group by 1 order by 1`,
  );
  expect(tags).toEqual([
    { name: 'go', carried: 1 },
    { name: 'type script', carried: 2 },
    { name: 'z', carried: 2 },
  ]);
  await current.destroy();
  await database.drop();
});
