import { execFileSync, spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** A copy of the checkout in which the mutants are applied, one after the other. */
export class Checkout {
  constructor(folder) {
    this.folder = folder;
  }

  static async copy() {
    const folder = await mkdtemp(join(tmpdir(), 'kith-mutants-'));
    const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root });
    for (const file of files.toString().split('\n').filter(Boolean)) await cp(join(root, file), join(folder, file));
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    return new Checkout(folder);
  }

  /** Runs a function while one place of one source is changed. */
  async mutated({ path, start, end, text }, work) {
    const file = join(this.folder, path);
    const source = await readFile(file, 'utf8');
    await writeFile(file, source.slice(0, start) + text + source.slice(end));
    try {
      return await work();
    } finally {
      await writeFile(file, source);
    }
  }

  /** Runs the tests under these paths. Resolves to whether all of them passed, or to null if they did not end in time. */
  test(paths, milliseconds, env) {
    const words = ['node_modules/jest/bin/jest.js', '--bail', '--maxWorkers=1', '--silent', ...paths];
    const child = spawn(process.execPath, words, {
      cwd: this.folder,
      detached: true,
      stdio: 'ignore',
      env: { ...process.env, ...env },
    });
    return new Promise((resolve) => {
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        process.kill(-child.pid, 'SIGKILL');
      }, milliseconds);
      child.on('close', (code) => {
        clearTimeout(timer);
        resolve(late ? null : code === 0);
      });
    });
  }

  async remove() {
    await rm(this.folder, { recursive: true, force: true });
  }
}
