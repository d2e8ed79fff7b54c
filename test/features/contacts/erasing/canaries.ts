import type { Pool } from 'pg';

/** Where a word is in the database, whatever its case: every table, as texts. */
export async function placesOf(pool: Pool, word: string): Promise<string[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  const places: string[] = [];
  for (const { name } of tables) {
    const { rowCount } = await pool.query(`select from ${name} t where t::text ilike $1 limit 1`, [`%${word}%`]);
    if (rowCount) places.push(name);
  }
  return places;
}
