/**
 * Mutation testing of the features: changes one condition at a time and checks whether a test fails.
 *
 *     npm run mutants                          120 places, chosen by the default seed
 *     npm run mutants -- --seed=2 --count=40   other places, fewer of them
 *     npm run mutants -- --only=contacts       only places in files whose path contains the word
 *
 * This is a runner of our own, because Stryker 9 switches its mutants inside Jest's environment, and these tests run
 * outside of one, as SWC has compiled them. Each mutant is tried on the tests of its folder, then of its feature, and
 * then of all other features except webhooks. Mutants of webhooks are tried on the tests of webhooks only.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import setup, { server } from './test/setup.mjs';
import { Checkout } from './mutants/checkout.mjs';
import { sampleOf } from './mutants/sample.mjs';
import { sitesOf } from './mutants/sites.mjs';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '120' },
    only: { type: 'string', default: '' },
  },
});

/** Declarations: the generated contracts check these. */
const NO_RULES = /\.(entity|inputs|events|module|relations|shapes?|controller|resolver)\.ts$/;
const LONGEST_RUN_MS = 300_000;
const FEWEST_KILLED = 0.85;

const sources = execFileSync('git', ['ls-files', 'src/features'])
  .toString()
  .split('\n')
  .filter((path) => path.endsWith('.ts') && !NO_RULES.test(path) && path.includes(values.only));
const sites = sources.flatMap((path) => sitesOf(path, readFileSync(path, 'utf8')));
const sample = sampleOf(sites, Number(values.count), values.seed);
console.log(`${sites.length} places in ${sources.length} sources; ${sample.length} of them by seed ${values.seed}.`);

const survivors = [];
let tried = 0;
await setup();
const checkouts = await Promise.all(Array.from({ length: availableParallelism() }, () => Checkout.copy()));
try {
  const waiting = [...sample];
  await Promise.all(checkouts.map((checkout) => tryEach(checkout, waiting)));
} finally {
  await Promise.all(checkouts.map((checkout) => checkout.remove()));
  await server.close();
}
const killed = tried - survivors.length;
console.log(`\n${killed} of ${tried} were killed (${((100 * killed) / tried).toFixed(1)} %).`);
for (const { path, line, what } of survivors) console.log(`  survived: ${path}:${line} ${what}`);
process.exitCode = killed >= tried * FEWEST_KILLED ? 0 : 1;

async function tryEach(checkout, waiting) {
  for (let site = waiting.shift(); site; site = waiting.shift()) {
    const end = await checkout.mutated(site, () => fateOf(checkout, site));
    tried += 1;
    if (end === 'survived') survivors.push(site);
    console.log(`${String(tried).padStart(3)} ${end.padEnd(8)} ${site.path}:${site.line} ${site.what}`);
  }
}

/** The nearest tests run first, because most mutants are killed there. */
async function fateOf(checkout, { path }) {
  const [, feature, room] = /^src\/features\/([^/]+)\/(?:([^/]+)\/)?/.exec(path);
  const others = feature === 'webhooks' ? [] : ['test/features/(?!webhooks)'];
  const near = room && existsSync(`test/features/${feature}/${room}`) ? [`test/features/${feature}/${room}/`] : [];
  for (const tests of [...near, `test/features/${feature}/`, ...others]) {
    const passed = await checkout.test([tests], LONGEST_RUN_MS, { DATABASE_URL: server.url });
    if (passed === null) return 'hung';
    if (!passed) return 'killed';
  }
  return 'survived';
}
