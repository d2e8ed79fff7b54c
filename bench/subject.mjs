import { randomBytes } from 'node:crypto';
import { startServer } from './ground/servers.mjs';

const encryptionKey = randomBytes(32).toString('base64');

/** The shipped program, built, on this database: its first key is found on its first screen unless one is given. */
export async function startSubject(name, url, plan, { roles, key, env = {} }) {
  const flags = plan.profile ? ['--cpu-prof', '--cpu-prof-interval=250', `--cpu-prof-dir=${plan.profile}`] : [];
  const settings = {
    DATABASE_URL: url,
    KITH_ENCRYPTION_KEYS: encryptionKey,
    ROLES: roles,
    RATE_LIMIT_PER_MINUTE: '100000000',
    ...env,
  };
  const server = await startServer(name, 'dist/src/app/main.js', settings, flags);
  const shown = key ?? (await firstKey(server));
  return { ...server, key: shown, headers: { authorization: `Bearer ${shown}`, 'content-type': 'application/json' } };
}

async function firstKey(server) {
  for (let tries = 0; tries < 50; tries += 1) {
    const found = /kith_[\w-]{43}/.exec(server.output);
    if (found) return found[0];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`The subject showed no first key.\n${server.output}`);
}
