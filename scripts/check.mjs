/**
 * Checks the code base: each sentence below must hold.
 *
 *     npm run check                    all of them, to the end, even after a failure
 *     npm run check -- lint floors     only the sentences that contain one of the words
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { registryHosts } from './check/hosts.mjs';
import { badNames } from './check/names.mjs';
import { redoclyFindings, spectralFindings } from './check/openapi.mjs';
import { enginesLeftOut, tooOld, unwelcome } from './check/packages.mjs';

const root = join(import.meta.dirname, '..');

const BUILD = 'node scripts/build.mjs';

/** A sentence and its proof: a command that exits with 0, or a function that returns no findings. */
const SENTENCES = [
  ['The code is formatted (prettier; else run `npm run format`)', 'prettier --check --log-level warn .'],
  ['The lint laws hold (eslint)', 'eslint --max-warnings 0 .'],
  ['The types are sound (tsc)', 'tsc -p tsconfig.json'],
  [
    'Imports go down the floors, in no cycle (dependency-cruiser)',
    'depcruise --config .dependency-cruiser.cjs src test bench migrations',
  ],
  ['Every file name says what is inside (names)', badNames],
  ['Nothing is unused: no file, export or dependency (knip)', 'knip --no-progress'],
  ['Every dependency is at or above its floor (versions)', tooOld],
  ['No dependency is unwelcome (packages)', unwelcome],
  ['Every dependency runs on each Node that we support (engines)', enginesLeftOut],
  ['No file names a package registry (hosts)', registryHosts],
  ['The program builds (swc)', BUILD],
  [
    'Both contracts, schema.sql, docs/parity.md, docs/sql and the guide to Slack are as generated (contract)',
    'node dist/src/app/generate.js --check',
  ],
  ["The REST contract keeps Redocly's recommended rules (openapi)", redoclyFindings],
  ["The REST contract keeps Spectral's recommended rules (openapi)", spectralFindings],
  ['The migrations leave nothing to generate (migrations)', 'node dist/src/app/cli.js migrations --check'],
];

process.chdir(root);
const words = process.argv.slice(2);
const chosen = SENTENCES.filter(([sentence]) => words.length === 0 || words.some((word) => sentence.includes(word)));
const broken = [];
const waiting = [...chosen];
let built = Promise.resolve();
await Promise.all(Array.from({ length: availableParallelism() }, proveInTurn));

/**
 * One lane; there are as many lanes as cores. Proofs that need the built program follow the build in the list, and wait
 * for it.
 */
async function proveInTurn() {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [sentence, proof] = next;
    if (String(proof).startsWith('node dist/')) await built;
    const proven = prove(sentence, proof);
    if (proof === BUILD) built = proven;
    await proven;
  }
}

async function prove(sentence, proof) {
  const startedAt = performance.now();
  const finding = await run(proof);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${finding === null ? '✓' : '✗'} ${sentence} ${seconds} s`);
  if (finding === null) return;
  console.log(finding.trimEnd().replace(/^/gm, '    '));
  broken.push(sentence);
}

console.log(`\n${chosen.length - broken.length} of ${chosen.length} sentences hold.`);
process.exitCode = broken.length === 0 && chosen.length > 0 ? 0 : 1;

/** Resolves to null if the proof holds, else to its output. */
async function run(proof) {
  if (typeof proof === 'string') return runCommand(proof);
  const findings = await proof();
  return findings.length === 0 ? null : findings.join('\n');
}

function runCommand(command) {
  const path = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  return new Promise((resolve) => {
    const child = spawn(command, {
      shell: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: path },
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => resolve(code === 0 ? null : output || `${command} exited with ${code}`));
  });
}
