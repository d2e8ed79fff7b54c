/**
 * Measures the shipped program beside the bare minimum and beside what others build, on one machine and in one run.
 *
 *     npm run build && npm install --prefix bench && npm run bench -- --quick
 *
 * Exits 1 when a floor is missed, 2 when the run is void because the subject was not like itself.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startCluster } from './ground/cluster.mjs';
import { leave } from './ground/leaving.mjs';
import { planOf } from './plan.mjs';
import { Report } from './report/report.mjs';
import { measureServing } from './serving.mjs';
import { measureBurst } from './burst.mjs';
import { measureLateness } from './lateness.mjs';

const root = join(import.meta.dirname, '..');

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 3;
} finally {
  await leave();
}

async function main() {
  const plan = planOf(process.argv.slice(2));
  if (!existsSync(join(root, 'dist/src/app/main.js'))) throw new Error('The program is not built: npm run build');
  mkdirSync(dirname(plan.out), { recursive: true });
  if (plan.size === 'quick') console.log('QUICK: fewer and shorter rounds.');
  const cluster = await startCluster(plan);
  const report = new Report(plan, versions(cluster));
  await measureServing(plan, cluster, report);
  await measureBurst(plan, cluster, report);
  await measureLateness(plan, cluster, report);
  report.write();
  return tell(report, plan);
}

function tell(report, plan) {
  const verdicts = report.verdicts();
  console.log('');
  for (const { workload, name, ratio, figure, floor, alike, verdict } of verdicts) {
    const against = `${workload.row} ${workload.name} against ${name}`;
    console.log(
      `${against.padEnd(60)} ${(figure ?? ratio).toFixed(2)} (floor ${floor ?? '–'}, A/A ${alike?.toFixed(2) ?? '–'}) ${verdict}`,
    );
  }
  console.log(`\nWritten to ${plan.out}`);
  if (verdicts.some(({ verdict }) => verdict === 'VOID')) {
    console.log(
      'VOID: in a row above the subject was not like itself (A/A outside 0.9 to 1.1). Those figures prove nothing.',
    );
    return 2;
  }
  return verdicts.some(({ verdict }) => verdict === 'BELOW THE FLOOR') ? 1 : 0;
}

function versions(cluster) {
  const of = (name) => JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
  const packages = ['@nestjs/core', 'fastify', '@apollo/server', 'typeorm', 'pg', 'undici'];
  return {
    Node: process.versions.node,
    PostgreSQL: cluster.version,
    ...Object.fromEntries(packages.map((name) => [name, of(name)])),
  };
}
