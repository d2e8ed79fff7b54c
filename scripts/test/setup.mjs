import { compile } from '../compile.mjs';
import { COMPILED } from './compiled.mjs';

/** Before all tests. */
export default async function setup() {
  await compile(['src', 'migrations', 'test'], COMPILED);
}
