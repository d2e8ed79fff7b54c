import type { Pool } from 'pg';

const CLOSURE = `with recursive gone(id) as (select unnest($1::text[])::regclass::oid
    union select conrelid from pg_constraint join gone on contype = 'f' and confrelid = gone.id)
  select id::regclass::text as name from gone`;

const ALL = `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`;

/** What goes with what, by database and tables: the schema does not change. */
const closures = new WeakMap<Pool, Map<string, string[]>>();

/**
 * Deletes every row of some tables and of those that refer to them. Without triggers and the checks of links, since what they would keep
 * goes as well. `truncate` takes ten times as long: it makes every index of every such table anew, also of those that are empty.
 */
export async function empty(pool: Pool, names: readonly string[]): Promise<void> {
  await deleteAll(pool, await filledOf(pool, await closureOf(pool, names)));
}

/** Deletes every row, but for those of some tables. */
export async function emptyAllBut(pool: Pool, kept: readonly string[]): Promise<void> {
  const filled = await filledTables(pool);
  await deleteAll(
    pool,
    filled.filter((name) => !kept.includes(name)),
  );
}

/** The tables that have rows. */
export async function filledTables(pool: Pool): Promise<string[]> {
  return filledOf(pool, namesOf((await pool.query<{ name: string }>(ALL)).rows));
}

async function closureOf(pool: Pool, names: readonly string[]): Promise<string[]> {
  const known = closures.get(pool) ?? new Map<string, string[]>();
  closures.set(pool, known);
  const key = names.join();
  const closure = known.get(key) ?? namesOf((await pool.query<{ name: string }>(CLOSURE, [names])).rows);
  known.set(key, closure);
  return closure;
}

async function filledOf(pool: Pool, names: readonly string[]): Promise<string[]> {
  const asked = names.map((name) => `select '${name}' as name where exists (select from ${name})`);
  return namesOf((await pool.query<{ name: string }>(asked.join(' union all '))).rows);
}

async function deleteAll(pool: Pool, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const deletes = names.map((name) => `delete from ${name};`);
  await pool.query(`begin; set local session_replication_role = replica; ${deletes.join(' ')} commit`);
}

function namesOf(rows: readonly { readonly name: string }[]): string[] {
  return rows.map(({ name }) => name);
}
