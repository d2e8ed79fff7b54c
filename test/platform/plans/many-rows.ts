import pg from 'pg';
import type { Pool } from 'pg';
import { Account } from '../../../src/features/accounts/account.entity.js';
import { storedTypes, tableOf } from '../../../src/platform/contract/tables.js';
import { Rows } from '../../harness/rows.js';

const ROWS = 100_000;

/** The indexes that no constraint needs. */
const INDEXES = `
  select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
  from pg_index i where i.indrelid = any($1::regclass[]) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`;

/** Links are right as they are made up, so nothing checks them: that would take half of the time. */
const HASTY = '-c session_replication_role=replica -c maintenance_work_mem=512MB -c max_parallel_maintenance_workers=0';

/** One account with as many rows of every resource; answers the account's id. */
export async function manyRows(url: string): Promise<string> {
  const pool = new pg.Pool({ connectionString: url, options: HASTY, max: 1 });
  try {
    return await filled(pool);
  } finally {
    await pool.end();
  }
}

async function filled(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(`select id from accounts where name = 'My career'`);
  const account = rows[0]?.id ?? '';
  await withoutIndexes(pool, async () => {
    const made = new Rows(pool, account);
    for (const type of await made.inOrder()) {
      if (type !== Account) await made.make(type, ROWS);
    }
  });
  await pool.query('vacuum analyze');
  return account;
}

/** An index is made over the rows that are there in a third of the time that it takes to keep it with each of them. */
async function withoutIndexes(pool: Pool, fill: () => Promise<void>): Promise<void> {
  const tables = storedTypes().map((type) => tableOf(type).name);
  const { rows: indexes } = await pool.query<{ name: string; definition: string }>(INDEXES, [tables]);
  for (const { name } of indexes) await pool.query(`drop index ${name}`);
  await fill();
  for (const { definition } of indexes) await pool.query(definition);
}
