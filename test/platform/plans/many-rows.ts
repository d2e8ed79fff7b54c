import type { Pool } from 'pg';
import { Account } from '../../../src/features/accounts/account.entity.js';
import { Rows } from '../../harness/rows.js';

const ROWS = 100_000;

/** One account with as many rows of every resource; answers the account's id. */
export async function manyRows(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(`select id from accounts where name = 'My career'`);
  const account = rows[0]?.id ?? '';
  const made = new Rows(pool, account);
  for (const type of await made.inOrder()) {
    if (type !== Account) await made.make(type, ROWS);
  }
  await pool.query('vacuum analyze');
  return account;
}
