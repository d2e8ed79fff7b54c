import { migrations } from '../../../../src/app/data-source.js';
import { connect, dataSource, migrate } from '../../../../src/platform/database/source.js';
import { freshDatabase } from '../../../harness/databases.js';

const ACCOUNT = '01890000-0000-7000-8000-000000000000';

it('contacts that are there already get the keys of their companies, and who has none gets none', async () => {
  const database = await freshDatabase();
  const first = migrations.findIndex(({ name }) => name.startsWith('Employments'));
  const old = dataSource({ url: database.url, pool: 2, entities: [], migrations: migrations.slice(0, first) });
  const pool = await connect(old);
  await pool.query('drop schema public cascade');
  await pool.query('create schema public');
  await migrate(old);
  await pool.query(`insert into accounts (account_id, id, created_at, updated_at, name)
    values ('${ACCOUNT}', '${ACCOUNT}', now(), now(), 'Old')`);
  // More companies than are folded at once, so that the second turn goes on where the first one ended.
  await pool.query(
    `insert into contacts (account_id, id, created_at, updated_at, name, company)
     select $1, new_id(), now(), now(), 'N' || n, case when n > 1 then 'Öl ' || n || ' GmbH' end from generate_series(1, 6001) n`,
    [ACCOUNT],
  );
  await old.destroy();
  const current = dataSource({ url: database.url, pool: 2, entities: [], migrations });
  const migrated = await connect(current);
  await migrate(current);
  const { rows } = await migrated.query(
    `select count(*) filter (where company_key = 'ol ' || substr(name, 2))::int as keyed, count(*) filter (where company_key is null)::int as none from contacts`,
  );
  expect(rows).toEqual([{ keyed: 6_000, none: 1 }]);
  await current.destroy();
  await database.drop();
});
