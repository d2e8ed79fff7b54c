import type { Pool } from 'pg';
import { migrations } from '../../../src/app/data-source.js';
import { connect, dataSource, migrate } from '../../../src/platform/database/source.js';
import { freshDatabase } from '../../harness/databases.js';

const ACCOUNT = '01890000-0000-7000-8000-000000000000';

async function record(pool: Pool, name: string): Promise<void> {
  await pool.query(
    `insert into events (account_id, id, type, subject_type, subject_id, occurred_at, data)
     values ($1, new_id(), 'contact.updated', $2, new_id(), now(), '{}')`,
    [ACCOUNT, name],
  );
}

it('a log that is already there comes first, in its sequence', async () => {
  const database = await freshDatabase();
  const before = migrations.slice(
    0,
    migrations.findIndex(({ name }) => name.startsWith('EventOrder')),
  );
  const old = dataSource({ url: database.url, pool: 2, entities: [], migrations: before });
  const pool = await connect(old);
  await pool.query('drop schema public cascade');
  await pool.query('create schema public');
  await migrate(old);
  await pool.query(`insert into accounts (account_id, id, created_at, updated_at, name)
    values ('${ACCOUNT}', '${ACCOUNT}', now(), now(), 'Old')`);
  for (const name of ['one', 'two', 'three']) await record(pool, name);
  await old.destroy();
  const current = dataSource({ url: database.url, pool: 2, entities: [], migrations });
  const migrated = await connect(current);
  await migrate(current);
  await record(migrated, 'four');
  const { rows } = await migrated.query('select subject_type as name from events order by transaction_id, sequence');
  expect(rows.map(({ name }) => name)).toEqual(['one', 'two', 'three', 'four']);
  await current.destroy();
  await database.drop();
});
