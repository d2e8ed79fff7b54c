import type { Pool } from 'pg';
import { migrations } from '../../src/app/data-source.js';
import { connect, dataSource, migrate } from '../../src/platform/database/source.js';
import { freshDatabase } from './databases.js';
import type { TestDatabase } from './databases.js';

/** A database as the release before a migration left it, filled by that release's tables, and then brought to this release. */
export async function updatedFrom(migration: string, fill: (old: Pool) => Promise<unknown>): Promise<TestDatabase> {
  const database = await freshDatabase();
  const first = migrations.findIndex(({ name }) => name.startsWith(migration));
  if (first < 0) throw new Error(`No migration is called ${migration}.`);
  const older = dataSource({ url: database.url, pool: 2, entities: [], migrations: migrations.slice(0, first) });
  const pool = await connect(older);
  await pool.query('drop schema public cascade');
  await pool.query('create schema public');
  await migrate(older);
  await fill(pool);
  await older.destroy();
  const current = dataSource({ url: database.url, pool: 2, entities: [], migrations });
  await connect(current);
  await migrate(current);
  await current.destroy();
  return database;
}

/** What a query finds in a database that is dropped then. */
export async function lastRowsOf(database: TestDatabase, ...queries: readonly string[]): Promise<unknown[][]> {
  const source = dataSource({ url: database.url, pool: 2, entities: [], migrations: [] });
  const pool = await connect(source);
  const found = await Promise.all(queries.map(async (query) => (await pool.query<object>(query)).rows));
  await source.destroy();
  await database.drop();
  return found;
}
