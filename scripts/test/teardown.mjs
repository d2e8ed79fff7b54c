import { server } from './setup.mjs';

/** After all tests; a setup that failed has left no server. */
export default async function teardown() {
  await server?.close();
}
