import type { Pool } from 'pg';
import { newId } from '../../src/kit/ids.js';

/** A digest of the first account, as the worker would have written it, with a ring of this title. */
export async function insertDigest(pool: Pool, title: string): Promise<string> {
  const id = newId();
  const item = { occurrenceId: newId(), reminderId: newId(), kind: 'manual', title };
  const due = [{ ...item, dueAt: '2026-03-02T09:00:00.000Z', priority: 'normal' }];
  await pool.query(
    `insert into digests (account_id, id, created_at, updated_at, period, covers_from, covers_until, due_count, upcoming_count,
        due, upcoming, next_best_action)
      select a.id, $1, now(), now(), 'daily', now(), now() + interval '1 day', 1, 0, $2::jsonb, '[]', $2::jsonb -> 0
      from accounts a order by a.id limit 1`,
    [id, JSON.stringify(due)],
  );
  return id;
}
