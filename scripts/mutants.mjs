/**
 * Mutation testing of the features: changes one condition at a time and checks whether a test fails.
 *
 *     npm run mutants                          120 places, chosen by the default seed
 *     npm run mutants -- --seed=2 --count=40   other places, fewer of them
 *     npm run mutants -- --only=contacts/      only places that match the expression, as they are printed
 *
 * This is a runner of our own, because Stryker 9 switches its mutants inside Jest's environment, and these tests run
 * outside of one, as SWC has compiled them. First all tests of the features run once, and V8 counts which lines each of
 * them runs. Then each mutant is tried on the tests that run its line, the nearest folder first.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import setup, { server } from './test/setup.mjs';
import { Checkout } from './mutants/checkout.mjs';
import { relationOf } from './mutants/related.mjs';
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
const FEWEST_KILLED = 0.85;

const sources = execFileSync('git', ['ls-files', 'src/features'])
  .toString()
  .split('\n')
  .filter((path) => path.endsWith('.ts') && !NO_RULES.test(path));
const only = new RegExp(values.only);
const sites = sources
  .flatMap((path) => sitesOf(path, readFileSync(path, 'utf8')))
  .filter(({ path, line, what }) => only.test(`${path}:${line} ${what}`));
const sample = sampleOf(sites, Number(values.count), values.seed);
console.log(`${sites.length} places in ${sources.length} sources; ${sample.length} of them by seed ${values.seed}.`);

const survivors = [];
let tried = 0;
await setup();
const checkouts = await Promise.all(Array.from({ length: availableParallelism() }, () => Checkout.copy()));
try {
  const related = await relationOf(checkouts);
  const waiting = [...sample];
  await Promise.all(checkouts.map((checkout) => tryEach(checkout, waiting, related)));
} finally {
  await Promise.all(checkouts.map((checkout) => checkout.remove()));
  await server.close();
}
const killed = tried - survivors.length;
console.log(`\n${killed} of ${tried} were killed (${((100 * killed) / tried).toFixed(1)} %).`);
for (const { path, line, what } of survivors) console.log(`  survived: ${path}:${line} ${what}`);
process.exitCode = killed >= tried * FEWEST_KILLED ? 0 : 1;

async function tryEach(checkout, waiting, related) {
  for (let site = waiting.shift(); site; site = waiting.shift()) {
    const fate = await checkout.mutated(site, () => checkout.fateOf(related.of(site)));
    tried += 1;
    if (fate === 'survived') survivors.push(site);
    console.log(`${String(tried).padStart(3)} ${fate.padEnd(8)} ${site.path}:${site.line} ${site.what}`);
  }
}
