import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compile } from '../compile.mjs';
import { COMPILED } from './compiled.mjs';

/** The server that runs during the whole test run; the test processes inherit its address. */
export let server;

const USUAL = { testMatch: ['**/*.test.ts'] };

/** Before all tests. `npm test` alone is quick; whoever names files, or other files than usual, and CI mean all of them. */
export default async function setup({ nonFlagArgs } = { nonFlagArgs: [] }, { testMatch } = USUAL) {
  const isAlone = nonFlagArgs.length === 0 && testMatch.every((pattern) => USUAL.testMatch.includes(pattern));
  if (isAlone && !process.env.CI) process.env.TEST_QUICK = 'yes';
  await compile(['src', 'migrations', 'test'], COMPILED);
  const { openTestServer } = await import(pathToFileURL(join(COMPILED, 'test/harness/databases.js')));
  server = await openTestServer();
  process.env.TEST_SERVER = server.url;
  process.env.TEST_TEMPLATE = server.template;
}
