import type { Pool } from 'pg';

/**
 * Makes new events come after the existing ones. Positions are transaction ids, and a restored dump brings ids from another
 * cluster: if they are ahead of this cluster's, its counter is moved beyond them. Returns whether that was necessary.
 */
export async function settleLog(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ moved: boolean }>('select log_settle() as moved');
  return rows[0]?.moved ?? false;
}
