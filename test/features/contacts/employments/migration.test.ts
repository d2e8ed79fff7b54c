import { lastRowsOf, updatedFrom } from '../../../harness/older-release.js';

const ACCOUNT = '01890000-0000-7000-8000-000000000000';

it('contacts that are there already get the keys of their companies, and who has none gets none', async () => {
  const database = await updatedFrom('Employments', async (pool) => {
    await pool.query(`insert into accounts (account_id, id, created_at, updated_at, name)
    values ('${ACCOUNT}', '${ACCOUNT}', now(), now(), 'Old')`);
    // More companies than are folded at once, so that the second turn goes on where the first one ended.
    await pool.query(
      `insert into contacts (account_id, id, created_at, updated_at, name, company)
     select $1, new_id(), now(), now(), 'N' || n, case when n > 1 then 'Öl ' || n || ' GmbH' end from generate_series(1, 6001) n`,
      [ACCOUNT],
    );
  });
  const [rows] = await lastRowsOf(
    database,
    `select count(*) filter (where company_key = 'ol ' || substr(name, 2))::int as keyed, count(*) filter (where company_key is null)::int as none from contacts`,
  );
  expect(rows).toEqual([{ keyed: 6_000, none: 1 }]);
});
