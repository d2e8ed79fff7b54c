import { server } from './setup.mjs';

/** After all tests. If the setup failed, there is no server to stop. */
export default async function teardown() {
  await server?.close();
}
