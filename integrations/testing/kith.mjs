/** A Kith for the tests of the integrations: the built program on loopback, with a database of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../../dist/src/app/main.js');
const START_MS = 90_000;

/** The address and the first key of a running program; `stop` ends it and forgets its data. */
export async function startKith(allowed) {
  const folder = await mkdtemp(join(tmpdir(), 'kith-integrations-'));
  const port = await freePort();
  const child = spawn(process.execPath, [MAIN], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      PORT: String(port),
      DATA_DIR: join(folder, 'data'),
      WEBHOOK_ALLOW_HTTP: 'true',
      WEBHOOK_ALLOWED_HOSTS: allowed,
    },
  });
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  return { baseUrl: `http://127.0.0.1:${port}`, apiKey: await firstKey(child, exited), stop };
}

/** What waits for events in the place of Zapier or n8n. */
export async function startCatcher() {
  const caught = [];
  const waiting = [];
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const { method, url: path, headers } = request;
    caught.push({ method, path, headers, body: parsed(Buffer.concat(chunks).toString()) });
    response.writeHead(200).end();
    for (const look of waiting.splice(0)) look();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${server.address().port}`;
  return {
    host,
    url: `http://${host}/catch`,
    caught,
    /** Resolves to the first that suits, as soon as it is there. */
    async until(suits) {
      for (;;) {
        const found = caught.find(suits);
        if (found) return found;
        await new Promise((resolve) => waiting.push(resolve));
      }
    },
    stop: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

function parsed(text) {
  return text === '' ? null : JSON.parse(text);
}

async function firstKey(child, exited) {
  let said = '';
  const shown = new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        said += chunk;
        const [key] = /kith_[\w-]{43}/.exec(said) ?? [];
        if (key) resolve(key);
      });
    }
  });
  const late = setTimeout(() => child.kill('SIGKILL'), START_MS);
  const key = await Promise.race([shown, exited.then(() => null)]);
  clearTimeout(late);
  if (!key) throw new Error(`Kith did not start. Is it built (npm run build)?\n${said}`);
  return key;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
