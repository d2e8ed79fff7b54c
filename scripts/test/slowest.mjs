import { relative } from 'node:path';

const SHOWN = 10;

/** A reporter that says at the end which files took longest: `docs/STYLE.md` sets the limits. */
export default class Slowest {
  constructor({ rootDir }) {
    this.rootDir = rootDir;
  }

  onRunComplete(contexts, { testResults }) {
    if (testResults.length < SHOWN) return;
    const lines = testResults
      .map(({ testFilePath, perfStats }) => ({ path: relative(this.rootDir, testFilePath), ms: perfStats.runtime }))
      .sort((one, other) => other.ms - one.ms)
      .slice(0, SHOWN)
      .map(({ path, ms }) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${path}`);
    console.log(`\nThe ten slowest files:\n${lines.join('\n')}\n`);
  }
}
