/**
 * Compiles src/ and migrations/ into dist/ with SWC.
 * Types are checked by `npm run check`, not here, so that the first start stays fast.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { compile } from './compile.mjs';

const out = join(import.meta.dirname, '../dist');

await rm(out, { recursive: true, force: true });
await compile(['src', 'migrations'], out);
