import type { Pool } from 'pg';

/** What no order of verbs may come to, over all accounts of a database. Each row is a violation, in words. */
const VIOLATIONS = `
  select format('%s reminder %s (%s) is active with no ring open or ahead', r.kind, r.id, r.title) as violation
  from reminders r where r.state = 'active' and not exists (select from occurrences o
    where o.account_id = r.account_id and o.reminder_id = r.id and o.state in ('scheduled', 'open'))
  union all
  select format('reminder %s has %s rings of its own ahead', o.reminder_id, count(*))
  from occurrences o where o.state = 'scheduled' and o.puts_off is null group by o.account_id, o.reminder_id having count(*) > 1
  union all
  select format('ring %s of an active reminder is ahead, and nobody looks at it', o.id)
  from occurrences o join reminders r on r.account_id = o.account_id and r.id = o.reminder_id
  where o.state = 'scheduled' and r.state = 'active' and o.wakes_at is null
  limit 20`;

/** The rings that went missing, in words; none in a database that is not migrated. */
export async function lostRings(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ there: boolean }>(
    `select to_regclass('occurrences') is not null and to_regclass('reminders') is not null as there`,
  );
  if (rows[0]?.there !== true) return [];
  const found = await pool.query<{ violation: string }>(VIOLATIONS);
  return found.rows.map(({ violation }) => violation);
}
