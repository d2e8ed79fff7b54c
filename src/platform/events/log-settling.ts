import type { Pool } from 'pg';

/**
 * Makes the log go on after what it holds. Places in it are transaction ids, which a restored dump brings from another
 * cluster: if they lie ahead of this one's, its count is moved beyond them. Says whether that was necessary.
 */
export async function settleLog(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ moved: boolean }>('select log_settle() as moved');
  return rows[0]?.moved ?? false;
}
