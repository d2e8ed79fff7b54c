/**
 * The limit of row 6 for whoever promises at least once: an undici loop that keeps what it must. Each ring is opened, its
 * event and delivery are written before the POST, the result and the attempt after it; set-based, in tables without an
 * account, a choice of endpoints, an order of the log or an API.
 */
import pg from 'pg';
import { Posting, obey } from '../peers/queues/posting.mjs';

const BATCH = 500;

let pool;
let posting;

obey({
  async open({ url, ...where }) {
    posting = new Posting(where);
    pool = new pg.Pool({ connectionString: url, max: 4 });
    await pool.query(TABLES);
  },
  async fall({ count, body, leadSeconds }) {
    await pool.query('truncate due, events, deliveries, attempts');
    const { rows } = await pool.query(DUE, [count, leadSeconds]);
    await pool.query('analyze');
    const dueAt = rows[0].due_at.getTime();
    setTimeout(() => run(body), dueAt - Date.now());
    return { dueAt };
  },
  async left() {
    const { rows } = await pool.query(`select count(*)::int as count from deliveries where state = 'pending'`);
    return rows[0];
  },
});

/** The next batch is claimed while this one is sent; results are written meanwhile. */
async function run(body) {
  const claim = async () => (await pool.query(CLAIM, [BATCH, body])).rows;
  const written = [];
  for (let batch = await claim(), next; batch.length > 0; batch = await next) {
    next = claim();
    const sent = await sendAll([...batch]);
    written.push(pool.query(RESULTS, [sent.map(({ id }) => id), sent.map(({ took }) => took)]));
  }
  await Promise.all(written);
}

async function sendAll(batch) {
  const sent = [];
  const sendNext = async () => {
    for (let message = batch.pop(); message; message = batch.pop()) {
      const startedAt = performance.now();
      await posting.send(message.id, message.body);
      sent.push({ id: message.id, took: Math.round(performance.now() - startedAt) });
    }
  };
  await Promise.all(Array.from({ length: posting.concurrency }, sendNext));
  return sent;
}

const TABLES = `
  create table due (id uuid primary key, due_at timestamptz not null, title text not null, state text not null);
  create index due_at on due (due_at) where state = 'scheduled';
  create table events (id uuid primary key, sequence bigint generated always as identity, occurred_at timestamptz not null,
    data json not null);
  create table deliveries (id uuid primary key, event_id uuid not null unique, state text not null, leased_until timestamptz);
  create index leased_until on deliveries (leased_until) where state = 'pending';
  create table attempts (delivery_id uuid, number int, started_at timestamptz not null, duration_ms int not null,
    status_code int, primary key (delivery_id, number))`;

const DUE = `
  insert into due select gen_random_uuid(), at, 'Write to contact ' || n, 'scheduled' from generate_series(1, $1::int) n,
    (select date_trunc('milliseconds', now()) + $2::int * interval '1 second' as at) t
  returning due_at`;

const CLAIM = `
  with ringing as (
    select id from due where state = 'scheduled' and due_at <= now() order by due_at limit $1 for update skip locked),
  opened as (update due d set state = 'open' from ringing r where d.id = r.id returning d.id),
  event as (insert into events (id, occurred_at, data) select gen_random_uuid(), now(), $2::json from opened returning id, data),
  made as (
    insert into deliveries select gen_random_uuid(), id, 'pending', now() + interval '40 s' from event returning id, event_id)
  select m.id, e.data::text as body from made m join event e on e.id = m.event_id`;

const RESULTS = `
  with result as (select * from unnest($1::uuid[], $2::int[]) r(id, took)),
  done as (
    update deliveries d set state = 'delivered', leased_until = null from result r where d.id = r.id returning r.id, r.took)
  insert into attempts select id, 1, now() - took * interval '1 ms', took, 200 from done`;
