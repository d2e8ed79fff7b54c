import pg from 'pg';

export const CONTACTS = 10_000;
const INTERACTIONS_EACH = 3;

/**
 * The same data every time, in a handful of set-based statements: 10,000 contacts of one account with 2 tags and 3
 * interactions each, and an open reminder for every third. Ids are UUIDv7 in the order of creation; instants have whole
 * milliseconds, so that every program can show them without loss. Resolves to the account's id.
 */
export async function seed(url) {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query('select id from accounts');
  const account = rows[0].id;
  await client.query(ORDERED_ID);
  for (const statement of [CONTACT_ROWS, INTERACTION_ROWS, LINK_ROWS, LAST_TOUCH, REMINDER_ROWS, OCCURRENCE_ROWS]) {
    await client.query(statement, [account]);
  }
  await client.query('vacuum (analyze)');
  await client.end();
  return account;
}

/** A UUIDv7 whose time and tail both come from its place in a series. */
const ORDERED_ID = `
  create function pg_temp.ordered_id(series int, n int) returns uuid language sql immutable as $$
    select (lpad(to_hex(1735689600000 + n), 12, '0') || '7' || lpad(to_hex(series), 3, '0')
      || '8' || substr(md5(series || '/' || n), 1, 15))::uuid
  $$`;

const START = `timestamptz '2025-01-01T00:00:00Z'`;

const CONTACT_ROWS = `
  insert into contacts (account_id, id, created_at, updated_at, name, given_name, family_name, emails, company, title,
    location, relation, how_we_met, met_on, tags, notes)
  select $1, pg_temp.ordered_id(1, n), at, at, 'Contact ' || n, 'Contact', 'Number ' || n, array['c' || n || '@example.com'],
    'Company ' || n % 500, 'Engineer ' || n % 7, 'City ' || n % 100, 'coworker', 'At conference ' || n % 40,
    date '2024-01-01' + n % 365, array['tag' || n % 20, 'tag' || 20 + n % 30], 'Notes about contact ' || n
  from (select n, ${START} + n * interval '1 minute' as at from generate_series(1, ${CONTACTS}) n) s`;

const INTERACTION_ROWS = `
  insert into interactions (account_id, id, created_at, updated_at, occurred_at, channel, summary)
  select $1, pg_temp.ordered_id(2, n), at, at, at, 'email', 'What we said, part ' || n
  from (select n, ${START} + n * interval '1 minute' as at
    from generate_series(1, ${CONTACTS * INTERACTIONS_EACH}) n) s`;

const LINK_ROWS = `
  insert into interaction_contacts (account_id, interaction_id, contact_id, occurred_at, counts_as_touch)
  select $1, pg_temp.ordered_id(2, n), pg_temp.ordered_id(1, 1 + (n - 1) % ${CONTACTS}),
    ${START} + n * interval '1 minute', true
  from generate_series(1, ${CONTACTS * INTERACTIONS_EACH}) n`;

const LAST_TOUCH = `
  update contacts c set last_touch_at = l.at
  from (select contact_id, max(occurred_at) as at from interaction_contacts where account_id = $1 group by 1) l
  where c.account_id = $1 and c.id = l.contact_id`;

/** Far ahead, so that nothing rings while others are measured. */
const REMINDER_ROWS = `
  insert into reminders (account_id, id, created_at, updated_at, kind, subject_type, subject_id, title, due_at, starts_at,
    time_zone)
  select $1, pg_temp.ordered_id(3, n), ${START}, ${START}, 'manual', 'contact', pg_temp.ordered_id(1, n), 'Ask contact ' || n,
    at, at, 'UTC'
  from (select n, timestamptz '2090-01-01T09:00:00Z' + n * interval '1 minute' as at
    from generate_series(3, ${CONTACTS}, 3) n) s`;

const OCCURRENCE_ROWS = `
  insert into occurrences (account_id, id, created_at, updated_at, reminder_id, kind, subject_type, subject_id, title, due_at,
    rings_at, wakes_at)
  select account_id, pg_temp.ordered_id(4, (row_number() over (order by id))::int), created_at, updated_at, id, kind,
    subject_type, subject_id, title, due_at, due_at, due_at
  from reminders where account_id = $1`;

/** Takes away what POST made since the seed, so that every workload meets the same tables. */
export async function unmake(url) {
  const client = new pg.Client(url);
  await client.connect();
  await client.query('delete from outbox');
  await client.query('delete from events');
  await client.query(`delete from contacts where name like 'Made %'`);
  await client.query('vacuum (analyze) contacts, events, outbox');
  await client.end();
}
