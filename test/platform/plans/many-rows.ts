import type { Pool } from 'pg';

const ROWS = 100_000;

/** One account with as many rows of each kind; words differ enough for a search to find few of them. */
export async function manyRows(pool: Pool): Promise<void> {
  for (const statement of SEED) await pool.query(statement, statement.includes('$1') ? [ROWS] : []);
}

const OWN = `select a.id as account_id, new_id() as id, now() as created_at, now() - n * interval '1 minute' as updated_at, n
  from (select id from accounts where name = 'My career') a, generate_series(1, $1::int) n`;

const SEED = [
  `insert into contacts (account_id, id, created_at, updated_at, name, company, emails, tags, relation, tier, last_touch_at, next_touch_at, notes)
    select account_id, id, created_at, updated_at, 'Person ' || md5(n::text), 'Company ' || md5((n % 5000)::text), array['p' || n || '@example.org'],
      array['tag' || n % 1000], 'other', 'close', now() - n * interval '1 minute', now() + n * interval '1 minute', 'word' || n from (${OWN}) o`,
  `insert into external_ids select account_id, 'contact', 'seed', name, id from contacts`,
  `insert into interactions (account_id, id, created_at, updated_at, occurred_at, channel, summary)
    select account_id, id, created_at, updated_at, now() - n * interval '1 minute', 'call', 'About ' || md5(n::text) from (${OWN}) o`,
  `insert into recruiters (account_id, id, created_at, updated_at, contact_id, agency, specialities, parked_until)
    select account_id, new_id(), created_at, updated_at, id, company, tags, next_touch_at from contacts`,
  `insert into interviews (account_id, id, created_at, updated_at, company, role, intent, exit_before, outcome)
    select account_id, id, created_at, updated_at, 'Company ' || md5(n::text), 'Engineer', 'practice', 'final', 'withdrawn' from (${OWN}) o`,
  `insert into rounds (account_id, id, created_at, updated_at, interview_id, kind, starts_at, time_zone, place)
    select account_id, new_id(), created_at, updated_at, id, 'screening', updated_at, 'UTC', 'Room ' || company from interviews`,
  `insert into reminders (account_id, id, created_at, updated_at, kind, subject_type, subject_id, title, due_at, starts_at, time_zone)
    select account_id, id, created_at, updated_at, 'manual', 'contact', new_id(), 'Do ' || md5(n::text), now() + n * interval '1 minute', now(), 'UTC'
    from (${OWN}) o`,
  `insert into occurrences (account_id, id, created_at, updated_at, reminder_id, kind, title, due_at, rings_at, wakes_at, subject_type, subject_id, fired_at)
    select account_id, new_id(), created_at, updated_at, id, kind, title, due_at, due_at, due_at, subject_type, subject_id, due_at from reminders`,
  `insert into webhooks (account_id, id, created_at, updated_at, url, event_types, disabled_reason)
    select account_id, id, created_at, updated_at, 'https://example.org/' || n, '{*}', 'gone' from (${OWN}) o`,
  `insert into events (account_id, id, type, subject_type, subject_id, occurred_at, data)
    select account_id, id, 'contact.created', 'contact', id, created_at, '{}' from contacts`,
  `insert into deliveries (account_id, id, created_at, updated_at, webhook_id, event_id, event_type, next_attempt_at, state)
    select w.account_id, new_id(), w.created_at, w.updated_at, w.id, e.id, 'contact.created', case when n % 2 = 0 then w.updated_at end,
      case when n % 2 = 0 then 'pending' else 'delivered' end
    from (select *, row_number() over () n from webhooks) w join (select *, row_number() over () n from events) e using (n)`,
  `insert into api_keys (account_id, id, created_at, updated_at, name, prefix, secret_hash, scopes, revoked_at)
    select account_id, id, created_at, updated_at, 'Key ' || n, 'kith_', sha256(n::text::bytea), '{}', now() from (${OWN}) o`,
  `insert into calendar_feeds (account_id, id, created_at, updated_at, name, token_hash)
    select account_id, id, created_at, updated_at, 'Calendar ' || n, sha256(n::text::bytea) from (${OWN}) o`,
  `insert into digests (account_id, id, created_at, updated_at, period, covers_from, covers_until, due_count, upcoming_count, due, upcoming)
    select account_id, id, created_at, updated_at, case when n % 100 = 0 then 'weekly' else 'daily' end, created_at, updated_at, n, 0, '[]', '[]' from (${OWN}) o`,
  'vacuum analyze',
];
