import { lastRowsOf, updatedFrom } from '../../../harness/older-release.js';

const ACCOUNT = '01890000-0000-7000-8000-000000000000';

it('contacts that are there already get the numbers of what they typed, and other keys', async () => {
  const database = await updatedFrom('PhoneNumbers', async (pool) => {
    await pool.query(`insert into accounts (account_id, id, created_at, updated_at, name)
    values ('${ACCOUNT}', '${ACCOUNT}', now(), now(), 'Old')`);
    // More contacts than are read at once, so that the second turn goes on where the first one ended; each by its own, and one in the trash.
    await pool.query(
      `insert into contacts (account_id, id, created_at, updated_at, name, deleted_at, phones)
     select $1, new_id(), now(), now(), 'N' || n, case when n = 7 then now() end,
       case when n > 1 then array['+44 (0)20 7946 ' || lpad(n::text, 4, '0'), '020 7946 0958', 'n/a'] else '{}' end from generate_series(1, 1501) n`,
      [ACCOUNT],
    );
  });
  const [rows] = await lastRowsOf(
    database,
    `select count(*) filter (where phone_numbers = array['+44207946' || lpad(substr(name, 2), 4, '0')]
        and phone_keys = array['+44207946' || lpad(substr(name, 2), 4, '0'), '2079460958'])::int as read,
      count(*) filter (where phone_numbers = '{}' and phone_keys = '{}')::int as none,
      (select count(*)::int from contact_keys k where k.key like '1p+44207946____') as certain,
      (select count(*)::int from contact_keys k where k.key = '1p2079460958') as typed,
      (select count(*)::int from contact_keys k where k.key like '1p%') as phones,
      (select count(*)::int from contact_keys k where k.key like '2s%') as others from contacts`,
  );
  expect(rows).toEqual([{ read: 1_500, none: 1, certain: 1_499, typed: 1_499, phones: 2_998, others: 1_500 }]);
});
