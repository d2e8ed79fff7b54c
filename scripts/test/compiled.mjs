import { join } from 'node:path';

/** Where the tests and what they test lie compiled, in the tree of the checkout. */
export const COMPILED = join(import.meta.dirname, '../../dist-test');
