import { cpus, loadavg, release } from 'node:os';
import { writeFileSync } from 'node:fs';
import { SETTINGS } from '../ground/cluster.mjs';
import { likeness, medianOf, ratioTo } from './figures.mjs';

const ALIKE = { from: 0.9, to: 1.1 };

/** Collects what is measured and keeps the report file true after every round. */
export class Report {
  rows = new Map();
  skipped = [];

  constructor(plan, versions) {
    this.plan = plan;
    this.versions = versions;
    this.startedAt = new Date();
    this.loadBefore = loadavg()[0];
  }

  add(workload, server, measured) {
    const row = this.rows.get(workload.row) ?? { workload, servers: new Map() };
    this.rows.set(workload.row, row);
    row.servers.set(server, [...(row.servers.get(server) ?? []), measured]);
    console.log(
      `  ${workload.name.padEnd(16)} ${server.padEnd(32)} ${Math.round(measured.rate).toString().padStart(7)}/s`,
    );
  }

  skip(name, why) {
    this.skipped.push({ name, why });
    console.log(`SKIPPED ${name}: ${why}`);
  }

  write() {
    writeFileSync(this.plan.out, this.text());
  }

  /** One verdict for each floor, and the void rows. */
  verdicts() {
    return [...this.rows.values()].flatMap((row) => {
      const [subject, again] = [row.servers.get('subject') ?? [], row.servers.get('subject again') ?? []];
      if (row.workload.bounds) return boundVerdicts(row.workload, subject);
      if (subject.length === 0 || again.length === 0) return [];
      const alike = likeness(subject, again);
      const isVoid = alike < ALIKE.from || alike > ALIKE.to;
      return Object.entries(row.workload.judged).flatMap(([name, { floor, goal }]) => {
        const other = row.servers.get(name);
        if (!other) return [];
        const ratio = ratioTo(other, subject, again);
        return [
          { workload: row.workload, name, ratio, floor, goal, alike, verdict: verdictOf(ratio, floor, goal, isVoid) },
        ];
      });
    });
  }

  text() {
    return [
      '# Benchmark results',
      '',
      'Written by the runner after each round. Only ratios inside one run count; a ratio closer to 1 than 1.15 means nothing.',
      '',
      ...this.circumstances(),
      '',
      '## Verdicts',
      '',
      '| row | workload | against | ratio | floor | goal | A/A | verdict |',
      '| --- | --- | --- | --- | --- | --- | --- | --- |',
      ...this.verdicts().map(verdictLine),
      '',
      ...(this.skipped.length > 0
        ? ['## Skipped', '', ...this.skipped.map(({ name, why }) => `- ${name}: ${why}`), '']
        : []),
      '## Medians',
      '',
      'CPU is processor time per request: of the server under test, and of all PostgreSQL processes together. Memory is resident after the row.',
      '',
      '| row | server | per second | p50 ms | p99 ms | CPU µs | PostgreSQL µs | memory MB | errors |',
      '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
      ...[...this.rows.values()].flatMap(medianLines),
      '',
    ].join('\n');
  }

  circumstances() {
    const { plan, versions } = this;
    const { rounds, seconds, warmUp, connections, bursts, burst, warmUpBursts } = plan;
    const settings = Object.entries(SETTINGS).map(([name, value]) => `${name}=${value}`);
    return [
      `- Command: \`npm run bench -- ${plan.command}\`, ${this.startedAt.toISOString()}`,
      `- Versions: ${Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', ')}`,
      `- Machine: ${cpus().length} × ${cpus()[0].model.trim()}, Linux ${release()}, shared by load, server and PostgreSQL`,
      `- Load average before: ${this.loadBefore.toFixed(2)}`,
      `- Requests: ${connections} connections, one request under way on each; ${warmUp} to warm up; ${rounds} rounds of ${seconds} s in alternating order`,
      `- Bursts: ${bursts} of ${burst}, after ${warmUpBursts} to warm up`,
      `- PostgreSQL: ${settings.join(', ')}`,
    ];
  }
}

/** Figures that are held against the clock and not against another program: the lower, the better. */
function boundVerdicts(workload, measured) {
  if (measured.length === 0) return [];
  return workload.bounds.map(({ name, of, floor, goal }) => {
    const figure = medianOf(measured, of);
    const verdict = figure > floor ? 'BELOW THE FLOOR' : figure <= goal ? 'goal' : 'holds';
    return { workload, name, figure, floor, goal, verdict };
  });
}

function verdictOf(ratio, floor, goal, isVoid) {
  if (isVoid) return 'VOID';
  if (floor === undefined) return '–';
  if (ratio < floor) return 'BELOW THE FLOOR';
  return ratio >= goal ? 'goal' : 'holds';
}

function verdictLine({ workload, name, ratio, figure, floor, goal, alike, verdict }) {
  const cells = [
    workload.row,
    workload.name,
    name,
    figure === undefined ? `${ratio.toFixed(2)}×` : figure.toFixed(2),
    floor ?? '–',
    goal ?? '–',
    alike?.toFixed(2) ?? '–',
    verdict,
  ];
  return `| ${cells.join(' | ')} |`;
}

function medianLines({ workload, servers }) {
  return [...servers].map(([name, rounds]) => {
    const cell = (of, digits) => {
      const value = medianOf(rounds, of);
      return Number.isFinite(value) ? value.toFixed(digits) : '–';
    };
    const errors = rounds.reduce((sum, round) => sum + round.errors, 0);
    const figures = [
      cell(({ rate }) => rate, 0),
      cell(({ p50 }) => p50, 2),
      cell(({ p99 }) => p99, 2),
      cell(({ nodeMicros }) => nodeMicros, 0),
      cell(({ postgresMicros }) => postgresMicros, 0),
      cell(({ memory }) => memory, 0),
    ];
    return `| ${[workload.row, name, ...figures, errors].join(' | ')} |`;
  });
}
