import type { Pool } from 'pg';
import { until } from '../../harness/until.js';

/**
 * Waits until readers may see every event that is there. A transaction that is open anywhere on the server holds the newest
 * back, also one of another test's database.
 */
export async function settled(pool: Pool): Promise<void> {
  const text = `select count(*)::int as unsettled from events where transaction_id >= log_horizon()`;
  await until('readers may see every event', async () => {
    const { rows } = await pool.query<{ unsettled: number }>(text);
    return rows[0]?.unsettled === 0;
  });
}
