import { join } from 'node:path';

/** The folder of the compiled tests and sources, with the tree of the checkout. */
export const COMPILED = join(import.meta.dirname, '../../dist-test');
