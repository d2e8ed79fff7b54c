import { lastRowsOf, updatedFrom } from '../../../harness/older-release.js';

const ACCOUNT = '01890000-0000-7000-8000-000000000000';

it('tags that differ only in white space become one, in the first of their places, in the trash too', async () => {
  const database = await updatedFrom('TidyTags', async (pool) => {
    await pool.query(`insert into accounts (account_id, id, created_at, updated_at, name)
    values ('${ACCOUNT}', '${ACCOUNT}', now(), now(), 'Old')`);
    await pool.query(
      `insert into contacts (account_id, id, created_at, updated_at, name, tags, deleted_at) select $1, new_id(), now(), now(), x.* from (values
      ('Ada', array['z', ' type  script', 'go', 'type script', E'type\\u00a0script\\u2003'], null::timestamptz),
      ('Bob', array['type script', 'z'], null), ('Gone', array[' go '], now()), ('None', '{}', null)) x`,
      [ACCOUNT],
    );
  });
  const [contacts, tags] = await lastRowsOf(
    database,
    'select name, tags from contacts order by name',
    `select t.name, count(*)::int as carried from tags t join contact_tags l on l.account_id = t.account_id and l.tag_id = t.id group by 1 order by 1`,
  );
  expect(contacts).toEqual([
    { name: 'Ada', tags: ['z', 'type script', 'go'] },
    { name: 'Bob', tags: ['type script', 'z'] },
    { name: 'Gone', tags: ['go'] },
    { name: 'None', tags: [] },
  ]);
  expect(tags).toEqual([
    { name: 'go', carried: 1 },
    { name: 'type script', carried: 2 },
    { name: 'z', carried: 2 },
  ]);
});
