import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = process.cwd();
const ENFORCERS = ['.dependency-cruiser.cjs', 'eslint.config.js', 'scripts', 'tsconfig.json', 'package.json'];

/** A small house of its own in a temporary folder, under the very enforcers that guard this one. */
export class House {
  private constructor(readonly folder: string) {}

  /** Lays the files (path → source) in a fresh folder beside copies of the enforcers. */
  static async lay(files: Record<string, string>): Promise<House> {
    const folder = await mkdtemp(join(tmpdir(), 'kith-house-'));
    for (const enforcer of ENFORCERS) await cp(join(ROOT, enforcer), join(folder, enforcer), { recursive: true });
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const [path, source] of Object.entries(files)) {
      await mkdir(join(folder, dirname(path)), { recursive: true });
      await writeFile(join(folder, path), `${source}\n`);
    }
    return new House(folder);
  }

  /** Runs a Node program of the house. Resolves to what it printed, whether or not it was content. */
  run(program: string, ...args: string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      execFile(process.execPath, [program, ...args], { cwd: this.folder, maxBuffer: 2 ** 26 }, (error, out, err) => {
        if (out === '') reject(new Error(err, { cause: error }));
        else resolve(out);
      });
    });
  }

  async raze(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
