import { transformFile } from '@swc/core';
import { cp, mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = process.cwd();
const FOLDERS = ['src', 'migrations', 'test/processes'];

/** The program as it is now, compiled into a folder of its own: a build of the checkout that runs beside hurts nobody. */
export class Compiled {
  private constructor(private readonly folder: string) {}

  static async make(): Promise<Compiled> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'kith-processes-')));
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    await cp(join(ROOT, 'package.json'), join(folder, 'package.json'));
    for (const path of FOLDERS) await compile(path, join(folder, 'dist'));
    return new Compiled(folder);
  }

  /** Where a source file's code is, such as `src/app/main.ts`'s. */
  file(source: string): string {
    return join(this.folder, 'dist', source.replace(/\.ts$/, '.js'));
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function compile(path: string, out: string): Promise<void> {
  const entries = await readdir(join(ROOT, path), { recursive: true, withFileTypes: true });
  const sources = entries.filter(({ name }) => /\.ts$/.test(name) && !/\.(test|long)\.ts$/.test(name));
  await Promise.all(
    sources.map(async ({ parentPath, name }) => {
      const source = join(parentPath, name);
      const target = join(out, source.slice(ROOT.length).replace(/\.ts$/, '.js'));
      const { code } = await transformFile(source, { cwd: ROOT, sourceMaps: 'inline' });
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, code);
    }),
  );
}
