import pg from 'pg';
import type { Pool } from 'pg';
import { Account } from '../../../src/features/accounts/account.entity.js';
import { storedTypes, tableOf } from '../../../src/platform/contract/tables.js';
import { Rows } from '../../harness/rows.js';
import { size } from '../../harness/size.js';

export const ROWS = size('KITH_PLAN_ROWS', 100_000, 30_000);

/** The indexes that no constraint needs. */
const INDEXES = `
  select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
  from pg_index i where i.indrelid = any($1::regclass[]) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`;

/** Links are right as they are made up, so nothing checks them: that would take half of the time. */
const HASTY = '-c session_replication_role=replica -c maintenance_work_mem=512MB -c max_parallel_maintenance_workers=0';
/** Of contacts, one in twenty is late, and one in a hundred has no cadence and was close once. */
const RHYTHMS = `
  update contacts set archived = false, do_not_contact = false, cadence_days = case when n % 100 > 0 then 30 end,
    next_touch_at = case when n % 100 > 0 then now() + (n % 40 - 1) * interval '1 day' - n * interval '1 second' end,
    last_touch_at = case when n % 100 > 0 then last_touch_at else now() - interval '2 years' end
  from (select id, row_number() over (order by id) as n from contacts) x where x.id = contacts.id`;

/** Of each interaction, with whom it was. */
const LINKS = `
  insert into interaction_contacts (account_id, interaction_id, contact_id, occurred_at, counts_as_touch)
  select i.account_id, i.id, c.id, i.occurred_at, true
  from (select account_id, id, occurred_at, row_number() over (order by id) as n from interactions) i
    join (select id, row_number() over (order by id) as n from contacts) c using (n)`;

/** Of each contact, what it is told apart by: one in ten shares its name with another. */
const KEYS = `
  insert into contact_keys (account_id, key, contact_id)
  select account_id, k.key, id from (select account_id, id, row_number() over (order by id) as n from contacts) c,
    lateral (values ('1e' || n), ('2n' || n % ${ROWS * 0.9}), ('3c' || n % 500)) k(key)`;

/** Of each contact, the tag that it carries. */
const TAGGED = `
  insert into contact_tags (account_id, tag_id, contact_id)
  select t.account_id, t.id, c.id from (select account_id, id, row_number() over (order by id) as n from tags) t
    join (select id, row_number() over (order by id) as n from contacts) c using (n)`;

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
    await pool.query(RHYTHMS);
    await pool.query(LINKS);
    await pool.query(KEYS);
    await pool.query(TAGGED);
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
