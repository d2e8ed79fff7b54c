import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Tests of the features, and of the upkeep that features hand to the platform. */
const FOLDERS = ['test/features', 'test/platform/jobs'];

/** Every request runs some lines; the limit keeps a survivor there from costing a quarter of an hour. */
const MOST_FILES = 40;

/** Which tests run which lines of the features, and how long each takes: one run of all of them, in all checkouts. */
export async function relationOf(checkouts) {
  const waiting = FOLDERS.flatMap(testsUnder);
  const files = [];
  await Promise.all(checkouts.map((checkout) => measured(checkout, waiting, files)));
  return new Related(files);
}

async function measured(checkout, waiting, files) {
  let tests = null;
  for (let file = waiting.shift(); file; file = waiting.shift()) {
    tests ??= checkout.process({ TEST_COVERAGE: '1' });
    const { result, error, isFull, covered } = await tests.run(join(checkout.folder, file));
    if (error || result.numFailingTests > 0) throw new Error(`${file} fails without a mutant.`);
    files.push({ file, ms: result.perfStats.runtime, covered: new Map(Object.entries(covered).map(asSet)) });
    if (isFull || file.endsWith('.alone.test.ts')) tests = await tests.end();
  }
  await tests?.end();
}

function asSet([path, lines]) {
  return [path, new Set(lines)];
}

function testsUnder(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(folder, name));
}

class Related {
  constructor(files) {
    this.files = files;
  }

  /** The tests that run the statement of a mutant, or else its source; the nearest folder first, then the quickest. */
  of({ path, statement }) {
    const runs = this.files.filter(({ covered }) => covered.get(path)?.has(statement));
    const some = runs.length > 0 ? runs : this.files.filter(({ covered }) => covered.has(path));
    const distance = ({ file }) =>
      stepsBetween(dirname(path).slice('src/'.length), dirname(file).slice('test/'.length));
    return some
      .sort((one, other) => distance(one) - distance(other) || one.ms - other.ms)
      .slice(0, MOST_FILES)
      .map(({ file }) => file);
  }
}

function stepsBetween(one, other) {
  const [left, right] = [one.split('/'), other.split('/')];
  const shared = left.findIndex((name, index) => name !== right[index]);
  const common = shared < 0 ? left.length : shared;
  return left.length + right.length - 2 * common;
}
