import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compile } from '../compile.mjs';
import { COMPILED } from './compiled.mjs';

/** The server that runs during the whole test run; the test processes inherit its address. */
export let server;

/** Before all tests. */
export default async function setup() {
  await compile(['src', 'migrations', 'test'], COMPILED);
  const { openTestServer } = await import(pathToFileURL(join(COMPILED, 'test/harness/databases.js')));
  server = await openTestServer();
  process.env.TEST_SERVER = server.url;
  process.env.TEST_TEMPLATE = server.template;
}
