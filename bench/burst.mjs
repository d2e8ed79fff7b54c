/** Row 6: reminders that become due at one instant, all of them, until the last is delivered, signed, to a raw sink. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { Webhook } from 'standardwebhooks';
import { createDatabase } from './ground/cluster.mjs';
import { CONCURRENCY, LEAD_SECONDS, PATIENCE_MS, measured } from './ground/bursts.mjs';
import { cpuOf, cpuOfServer } from './ground/processes.mjs';
import { startPartner } from './ground/servers.mjs';
import { startQueues } from './queues.mjs';
import { startSubject } from './subject.mjs';

const WORKLOAD = {
  row: 6,
  name: 'burst due → delivered',
  judged: {
    limit: { floor: 0.5, goal: 0.75 },
    'durable loop': {},
    'graphile-worker': { floor: 1.4, goal: 2 },
    'pg-boss': { floor: 1.4, goal: 2 },
  },
};
export async function measureBurst(plan, cluster, report) {
  if (!plan.rows.includes(WORKLOAD.row)) return;
  const sink = startPartner('bench/ground/sink.mjs');
  const { port } = await sink.ask({ order: 'open' });
  const run = { plan, cluster, report, sink, port, limit: startPartner('bench/limits/delivery.mjs') };
  const senders = [await subject(run, 'subject', 'burst_a'), await subject(run, 'subject again', 'burst_b')];
  run.body = await warmUp(run, senders);
  const queues = await startQueues(run, report);
  for (let n = 0; n < plan.warmUpBursts; n += 1) for (const queue of queues) await queue.burst(run, plan.burst);
  const all = [{ name: 'limit', burst: limitBurst }, ...senders, ...queues];
  for (let round = 0; round < plan.bursts; round += 1) {
    for (const sender of round % 2 === 0 ? all : all.toReversed()) {
      report.add(WORKLOAD, sender.name, await sender.burst(run, plan.burst));
    }
    report.write();
  }
  for (const { server } of [...senders, ...queues]) await server.stop();
  for (const partner of [sink, run.limit]) await partner.stop();
}

/** A worker with a database of its own and one endpoint, the sink. */
export async function subject({ plan, cluster, port }, name, database) {
  const url = await createDatabase(cluster, database);
  const env = { WEBHOOK_ALLOW_HTTP: 'true', WEBHOOK_ALLOWED_HOSTS: `127.0.0.1:${port}` };
  const server = await startSubject(name, url, plan, { roles: 'api,worker', env });
  const body = JSON.stringify({ url: `http://127.0.0.1:${port}/`, eventTypes: ['reminder.due'] });
  const answer = await fetch(`${server.origin}/v1/webhooks`, { method: 'POST', headers: server.headers, body });
  const made = await answer.json();
  assert.equal(answer.status, 201, `${name}: the endpoint was refused: ${JSON.stringify(made)}`);
  return { name, server, url, secret: made.secret, burst: (run, count) => subjectBurst(run, { server, url }, count) };
}

/** Bursts that do not count. The subject's own message, whose signature is checked, is then the limit's body. */
async function warmUp(run, senders) {
  const { warmUpBursts, burst } = run.plan;
  for (let n = 0; n < warmUpBursts; n += 1) for (const sender of senders) await sender.burst(run, burst);
  const [{ secret, server, url }] = senders;
  const { sample } = await subjectBurst(run, { server, url }, 1);
  new Webhook(secret).verify(sample.body, headersOf(sample.head));
  assert.equal(JSON.parse(sample.body).type, 'reminder.due');
  for (let n = 0; n < warmUpBursts; n += 1) await limitBurst({ ...run, body: sample.body }, burst);
  return sample.body;
}

async function limitBurst({ sink, limit, port, body }, count) {
  await sink.ask({ order: 'expect', count });
  const before = cpuOf(limit.pid);
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const origin = `http://127.0.0.1:${port}`;
  const { seconds } = await limit.ask({ origin, body, count, secret, concurrency: CONCURRENCY });
  const node = cpuOf(limit.pid) - before;
  assert.equal((await sink.ask({ order: 'wait', ms: PATIENCE_MS })).count, count);
  return measured(count, seconds, { node, postgres: 0 }, limit.pid, 0);
}

async function subjectBurst({ cluster, sink }, { server, url }, count) {
  await sink.ask({ order: 'expect', count });
  const client = new pg.Client(url);
  await client.connect();
  const dueAt = await fall(client, count);
  const before = { node: cpuOf(server.pid), postgres: cpuOfServer(cluster.pid) };
  const { count: came, requests, lastAt, sample } = await sink.ask({ order: 'wait', ms: PATIENCE_MS });
  assert.equal(came, count, `${server.name} delivered ${came} of ${count}.\n${server.output.slice(-2_000)}`);
  const used = { node: cpuOf(server.pid) - before.node, postgres: cpuOfServer(cluster.pid) - before.postgres };
  await settle(client);
  await client.end();
  return { ...measured(count, (lastAt - dueAt) / 1000, used, server.pid, requests - count), sample };
}

/** Reminders whose one occurrence is due at the same instant, a little ahead. Resolves to that instant when it has come. */
async function fall(client, count) {
  const { rows } = await client.query(DUE, [count, LEAD_SECONDS]);
  await client.query('analyze reminders, occurrences');
  const dueAt = rows[0].due_at.getTime();
  assert.ok(Date.now() < dueAt, 'The reminders were inserted after they were due: this machine is too busy.');
  await new Promise((resolve) => setTimeout(resolve, dueAt - Date.now()));
  return dueAt;
}

const DUE = `
  with made as (
    insert into reminders (account_id, id, created_at, updated_at, kind, title, due_at, starts_at, time_zone)
    select a.id, new_id(), now(), now(), 'manual', 'Write to contact ' || n, at, at, 'UTC'
    from accounts a, generate_series(1, $1::int) n,
      (select date_trunc('milliseconds', now()) + $2::int * interval '1 second' as at) t
    returning *)
  , rings as (
    insert into occurrences (account_id, id, created_at, updated_at, reminder_id, kind, title, due_at, rings_at, wakes_at)
    select account_id, new_id(), now(), now(), id, kind, title, due_at, due_at, due_at from made returning due_at)
  select min(due_at) as due_at from rings`;

/**
 * Waits until every delivery is written down as done, then empties the tables for the next burst. They are analyzed while
 * they are full, as autovacuum would have done: a table that was analyzed when it was empty misleads the planner.
 */
async function settle(client) {
  for (let tries = 1; ; tries += 1) {
    const { rows } = await client.query(`select count(*)::int as left from deliveries where state <> 'delivered'`);
    if (rows[0].left === 0) break;
    assert.ok(tries < 200, `${rows[0].left} deliveries were never written down as done.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await client.query('analyze');
  await client.query('truncate events, outbox, deliveries, attempts, reminders cascade');
}

function headersOf(head) {
  const lines = head.split('\r\n').slice(1);
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
}
