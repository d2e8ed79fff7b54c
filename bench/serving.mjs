/** Rows 1 to 5: the same data served by the limit, the subject twice, and the peers. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createDatabase } from './ground/cluster.mjs';
import { cpuOf, cpuOfServer, memoryOf } from './ground/processes.mjs';
import { seed } from './ground/seed.mjs';
import { startPartner, startServer } from './ground/servers.mjs';
import { sameAnswers } from './compare.mjs';
import { startSubject } from './subject.mjs';
import { WORKLOADS, groundOf, requestsFor } from './workloads.mjs';

const PEERS = [
  { name: 'Nest + Express + TypeORM', file: 'bench/peers/nest-express-typeorm.mjs', rows: [1, 2, 4] },
  { name: 'Apollo + DataLoader + TypeORM', file: 'bench/peers/apollo-dataloader.mjs', rows: [5] },
];
const JSON_BODY = { 'content-type': 'application/json' };

export async function measureServing(plan, cluster, report) {
  const chosen = WORKLOADS.filter(({ row }) => plan.rows.includes(row));
  if (chosen.length === 0) return;
  const url = await createDatabase(cluster, 'serving');
  const first = await startSubject('subject', url, plan, { roles: 'api' });
  const ground = await groundOf(url, await seed(url));
  const second = await startSubject('subject again', url, plan, { roles: 'api', key: first.key });
  const limit = { ...(await startServer('limit', 'bench/limits/rest.mjs', { DATABASE_URL: url })), headers: JSON_BODY };
  const peers = await startPeers(plan, url, report);
  const load = startPartner('bench/ground/load.mjs');
  const run = { plan, cluster, report, load, ground, url };
  for (const workload of chosen) {
    const rivals = peers.filter(({ rows }) => rows.includes(workload.row)).map(({ server }) => server);
    await measureWorkload(run, workload, [limit, first, second, ...rivals]);
  }
  for (const server of [limit, first, second, ...peers.map(({ server }) => server), load]) await server.stop();
}

async function startPeers(plan, url, report) {
  if (plan.rows.includes(5)) {
    report.skip('PostGraphile', `it needs Node 22, this is ${process.versions.node}; and its bench is not written yet`);
  }
  const asked = PEERS.filter(({ rows }) => rows.some((row) => plan.rows.includes(row)));
  if (!existsSync(join(import.meta.dirname, 'node_modules'))) {
    for (const { name } of asked) report.skip(name, 'not installed: npm install --prefix bench');
    return [];
  }
  const started = [];
  for (const { name, file, rows } of asked) {
    started.push({ rows, server: { ...(await startServer(name, file, { DATABASE_URL: url })), headers: JSON_BODY } });
  }
  return started;
}

/** Bodies are compared, then everybody is warmed up, then the rounds: forwards and backwards in turn. */
async function measureWorkload(run, workload, servers) {
  const { plan, report, load, ground, url } = run;
  const answers = new Map();
  const requests = new Map();
  for (const server of servers) {
    const made = await requestsFor(workload, server, ground);
    answers.set(server.name, made.samples);
    requests.set(server.name, made.requests);
  }
  sameAnswers(workload, answers);
  const order = { connections: plan.connections };
  for (const { name, origin } of servers) {
    await load.ask({ ...order, origin, requests: requests.get(name), count: plan.warmUp });
  }
  await workload.after?.(url);
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const server of round % 2 === 0 ? servers : servers.toReversed()) {
      const measured = await measure(run, server, {
        ...order,
        requests: requests.get(server.name),
        seconds: plan.seconds,
      });
      report.add(workload, server.name, measured);
      await workload.after?.(url);
    }
    report.write();
  }
}

async function measure({ cluster, load }, { origin, pid }, order) {
  const before = { node: cpuOf(pid), postgres: cpuOfServer(cluster.pid) };
  const result = await load.ask({ ...order, origin });
  const each = (seconds) => (seconds / result.requests) * 1_000_000;
  return {
    ...result,
    rate: result.rps,
    nodeMicros: each(cpuOf(pid) - before.node),
    postgresMicros: each(cpuOfServer(cluster.pid) - before.postgres),
    memory: memoryOf(pid),
  };
}
