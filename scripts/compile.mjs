import { transformFile } from '@swc/core';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

const root = dirname(import.meta.dirname);

/**
 * Compiles folders of the checkout with SWC, file by file, keeping the tree: `src/app/main.ts` becomes `<out>/src/app/main.js`.
 * Only what is newer than its result is compiled again, and a result without a source is removed.
 */
export async function compile(folders, out) {
  const settings = await changedAt(join(root, '.swcrc'));
  for (const folder of folders) {
    const sources = new Map(
      (await filesOf(join(root, folder), '.ts')).map((source) => [resultOf(source, out), source]),
    );
    for (const result of await filesOf(join(out, folder), '.js')) {
      if (!sources.has(result)) await Promise.all([rm(result), rm(`${result}.map`, { force: true })]);
    }
    await Promise.all(
      [...sources].map(async ([result, source]) => {
        if ((await changedAt(result)) < Math.max(settings, await changedAt(source))) await transform(source, result);
      }),
    );
  }
}

async function transform(source, result) {
  const { code, map } = await transformFile(source, { cwd: root });
  const name = result.slice(dirname(result).length + 1);
  await mkdir(dirname(result), { recursive: true });
  await writeFile(`${result}.map`, map ?? '');
  await writeFile(result, `${code}\n//# sourceMappingURL=${name}.map\n`);
}

function resultOf(source, out) {
  return join(out, relative(root, source).replace(/\.ts$/, '.js'));
}

async function filesOf(folder, ending) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** In milliseconds since the epoch; a file that is not there is older than all. */
async function changedAt(path) {
  return (await stat(path).catch(() => ({ mtimeMs: -Infinity }))).mtimeMs;
}
