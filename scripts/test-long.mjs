/**
 * The long forms of tests whose short forms run with `npm test`: the same files with larger numbers, one file at a time,
 * and with the guaranteed times checked. About half an hour.
 *
 *     npm run test:long                 all of them
 *     npm run test:long -- kills        only those whose file or setting contains one of the words, such as `pooler`
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Every scenario over both faces, through PgBouncer. */
const POOLED = 'test/(features|platform/(http/(batches|lists|writes)|graphql|events|isolation|projection))';

/** Tests of guaranteed times that have no larger form. */
const PROMISED =
  'test/(processes/latency|platform/database/embedded/embedded-server|platform/graphql/(attacks|subscriptions/subscriptions)|(kit/folded-lines|features/webhooks/(sending/sender|formats)))';

const LONG = [
  ['test/kit/(zones|periods-oracle|recurrence-oracle)', { TEST_ORACLES: 'live' }],
  ['test/features/reminders/timing/rings-ahead', { KITH_WALKS: '1000000' }],
  ['test/features/reminders/walks', { KITH_FACE_WALKS: '10000' }],
  ['test/features/reminders/calendar/parsed-back', { TEST_ORACLES: 'live', TEST_CALENDARS: '10' }],
  ['test/platform/http/hostile', { HOSTILE_CASES: '100000' }],
  ['test/platform/graphql/lanes', { TEST_OPERATIONS: '10000' }],
  ['test/platform/database/embedded/processes', { KITH_SERVER_KILLS: '50' }],
  ['test/features/webhooks/formats/costly', { TEST_TEMPLATES: 'all' }],
  ['test/kit/recurrence-jumps', { TEST_WALKED_RULES: '10000' }],
  ['test/processes/kills', { KITH_KILLS: '200' }],
  ['test/processes/creates', { KITH_API_KILLS: '50' }],
  ['test/processes/outages', { KITH_OUTAGES: '20' }],
  ['test/processes/migrating', { KITH_MIGRATION_KILLS: '20' }],
  ['test/processes/(stops|crashes)', { KITH_STOPS: '20' }],
  ['test/processes/imports.test', { KITH_IMPORT_KILLS: '20' }],
  ['test/processes/imports.long', {}],
  ['test/processes/clocks.long', {}],
  ['test/processes/fairness', { KITH_FAIR_EVENTS: '5000' }],
  ['test/attacks', { KITH_ATTACKS: 'all' }],
  ['test/features/webhooks/sending/hostile-receivers', { KITH_HOSTILE_ATTEMPTS: '10000' }],
  [PROMISED, {}],
  [POOLED, { TEST_POOLER: 'yes', TEST_FIGURES: '' }],
];

/** Tests named `*.attack.ts` have a machine to themselves. Those named `*.long.ts` need programs that some machines lack, and have no short form. */
const ALL = ['test', 'attack', 'long'].map((name) => `--testMatch=**/*.${name}.ts`);

/** Nothing else runs on the machine at that time; only a hang takes an hour. */
const ONE_BY_ONE = ['--maxWorkers=1', '--testTimeout=3600000'];

const root = join(import.meta.dirname, '..');
const words = process.argv.slice(2);
const mentions = (form, word) => JSON.stringify(form).toLowerCase().includes(word.toLowerCase());
const chosen = LONG.filter((form) => words.length === 0 || words.some((word) => mentions(form, word)));
let failed = chosen.length === 0;
for (const [file, larger] of chosen) {
  const env = { ...process.env, TEST_FIGURES: 'yes', ...larger };
  const { status } = spawnSync('npm', ['test', '--', file, ...ALL, ...ONE_BY_ONE], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;
