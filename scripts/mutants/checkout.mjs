import { transformFile } from '@swc/core';
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { TestProcess } from '../test/runner.mjs';

const root = join(import.meta.dirname, '../..');
const TEST_TIMEOUT_MS = 120_000;
const LONGEST_FILE_MS = 240_000;

/** A copy of the checkout, compiled, in which the mutants are applied one after the other. */
export class Checkout {
  constructor(folder) {
    this.folder = folder;
  }

  static async copy() {
    const folder = await mkdtemp(join(tmpdir(), 'kith-mutants-'));
    const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root });
    for (const file of files.toString().split('\n').filter(Boolean)) await cp(join(root, file), join(folder, file));
    await cp(join(root, 'dist-test'), join(folder, 'dist-test'), { recursive: true });
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    return new Checkout(folder);
  }

  /** Runs a function while one place of one source is changed. */
  async mutated({ path, start, end, text }, work) {
    const compiled = join(this.folder, 'dist-test', path.replace(/\.ts$/, '.js'));
    const [source, before] = await Promise.all([readFile(join(this.folder, path), 'utf8'), readFile(compiled)]);
    await writeFile(join(this.folder, path), source.slice(0, start) + text + source.slice(end));
    try {
      const { code } = await transformFile(join(this.folder, path), { cwd: this.folder });
      await writeFile(compiled, code);
      return await work();
    } finally {
      await Promise.all([writeFile(join(this.folder, path), source), writeFile(compiled, before)]);
    }
  }

  /** Runs files of tests until one of them fails: `killed`, `hung` or `survived`. */
  async fateOf(files) {
    const tests = this.process();
    for (const file of files) {
      const fate = await this.run(tests, file);
      if (fate === 'survived') continue;
      await tests.kill();
      return fate;
    }
    await tests.end();
    return 'survived';
  }

  /** A process that runs the tests of this copy, without a word. */
  process(env = {}) {
    return new TestProcess(
      { rootDir: this.folder, testTimeout: TEST_TIMEOUT_MS },
      { cwd: this.folder, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: { ...process.env, ...env } },
    );
  }

  async run(tests, file) {
    const answered = tests.run(join(this.folder, file)).then(
      ({ result, error }) => (error || result.numFailingTests > 0 || result.testExecError ? 'killed' : 'survived'),
      () => 'killed',
    );
    const stop = new AbortController();
    const late = setTimeout(LONGEST_FILE_MS, 'hung', { signal: stop.signal }).catch(() => undefined);
    const fate = await Promise.race([answered, late]);
    stop.abort();
    return fate;
  }

  async remove() {
    await rm(this.folder, { recursive: true, force: true });
  }
}
