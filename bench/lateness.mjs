/** Row 7: how late reminders arrive that become due one after the other, and what a worker costs while nothing is due. */
import assert from 'node:assert/strict';
import pg from 'pg';
import { subject } from './burst.mjs';
import { cpuOf, cpuOfServer, memoryOf } from './ground/processes.mjs';
import { startPartner } from './ground/servers.mjs';

const LATENESS = {
  row: 7,
  name: 'lateness at 500 due/s',
  bounds: [
    { name: 'p50, ms', of: ({ p50 }) => p50, floor: 15, goal: 5 },
    { name: 'p99, ms', of: ({ p99 }) => p99, floor: 50, goal: 15 },
  ],
};
const IDLE = {
  row: '7 idle',
  name: 'nothing due',
  bounds: [{ name: 'worker, % of one core', of: ({ share }) => share, floor: 1, goal: 0.2 }],
};
const EACH_SECOND = 500;
const LEAD_SECONDS = 4;
/** After the last answer: connections are closed and tables vacuumed by then, so what is left is the waiting itself. */
const CALM_MS = 5_000;
const PATIENCE_MS = 60_000;

export async function measureLateness(plan, cluster, report) {
  if (!plan.rows.includes(LATENESS.row)) return;
  const sink = startPartner('bench/ground/sink.mjs');
  const { port } = await sink.ask({ order: 'open' });
  const { server, url } = await subject({ plan, cluster, port }, 'subject', 'lateness');
  const client = new pg.Client(url);
  await client.connect();
  await stream({ sink, client, server, cluster }, 2);
  for (let round = 0; round < plan.rounds; round += 1) {
    report.add(LATENESS, server.name, await stream({ sink, client, server, cluster }, plan.timedSeconds));
  }
  await client.end();
  report.add(IDLE, server.name, await idle(server, cluster, plan.idleSeconds));
  report.write();
  for (const each of [server, sink]) await each.stop();
}

async function stream({ sink, client, server, cluster }, seconds) {
  const count = seconds * EACH_SECOND;
  await sink.ask({ order: 'expect', count, timed: true });
  await client.query(DUE, [count, LEAD_SECONDS, 1_000 / EACH_SECOND]);
  await client.query('analyze reminders, occurrences');
  const before = { node: cpuOf(server.pid), postgres: cpuOfServer(cluster.pid) };
  const { count: came, requests, late } = await sink.ask({ order: 'wait', ms: PATIENCE_MS });
  assert.equal(came, count, `${server.name} delivered ${came} of ${count}.`);
  const sorted = Float64Array.from(late).sort();
  const each = (cpu) => (cpu / count) * 1_000_000;
  return {
    rate: EACH_SECOND,
    p50: sorted[Math.floor(count / 2)],
    p99: sorted[Math.floor(count * 0.99)],
    nodeMicros: each(cpuOf(server.pid) - before.node),
    postgresMicros: each(cpuOfServer(cluster.pid) - before.postgres),
    memory: memoryOf(server.pid),
    errors: requests - count,
  };
}

async function idle(server, cluster, seconds) {
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  await pause(CALM_MS);
  const before = { node: cpuOf(server.pid), postgres: cpuOfServer(cluster.pid) };
  await pause(seconds * 1_000);
  const node = cpuOf(server.pid) - before.node;
  const postgres = cpuOfServer(cluster.pid) - before.postgres;
  const micros = (cpu) => (cpu / seconds) * 1_000_000;
  return {
    rate: 0,
    share: (node / seconds) * 100,
    nodeMicros: micros(node),
    postgresMicros: micros(postgres),
    memory: memoryOf(server.pid),
    errors: 0,
  };
}

/** One more every two milliseconds. */
const DUE = `
  with made as (
    insert into reminders (account_id, id, created_at, updated_at, kind, title, due_at, starts_at, time_zone)
    select a.id, new_id(), now(), now(), 'manual', 'Write to contact ' || n, t.at + n * $3::float8 * interval '1 ms',
      t.at + n * $3::float8 * interval '1 ms', 'UTC'
    from accounts a, generate_series(1, $1::int) n,
      (select date_trunc('milliseconds', now()) + $2::int * interval '1 second' as at) t
    returning *)
  insert into occurrences (account_id, id, created_at, updated_at, reminder_id, kind, title, due_at, rings_at, wakes_at)
  select account_id, new_id(), now(), now(), id, kind, title, due_at, due_at, due_at from made`;
