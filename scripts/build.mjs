/**
 * Compiles src/ and migrations/ into dist/ with SWC, file by file, keeping the tree.
 * Types are checked by `npm run check`, not here, so that the first start stays fast.
 */
import { transformFile } from '@swc/core';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, 'dist');

async function compile(folder) {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  const sources = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'));
  await Promise.all(
    sources.map(async (entry) => {
      const source = join(entry.parentPath, entry.name);
      const target = join(out, relative(root, source).replace(/\.ts$/, '.js'));
      const { code, map } = await transformFile(source, { cwd: root });
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, `${code}\n//# sourceMappingURL=${entry.name.replace(/\.ts$/, '.js')}.map\n`);
      await writeFile(`${target}.map`, map ?? '');
    }),
  );
}

await rm(out, { recursive: true, force: true });
await compile('src');
await compile('migrations');
