import { fileURLToPath } from 'node:url';

/** Where the code of a source file lies, such as `src/app/main.ts`'s: what this run has compiled, this file included. */
export function compiled(source: string): string {
  return fileURLToPath(new URL(`../../${source.replace(/\.ts$/, '.js')}`, import.meta.url));
}
