import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from './ports.mjs';
import { onLeaving } from './leaving.mjs';

const root = join(import.meta.dirname, '../..');
const BOOT_MS = 60_000;

/**
 * Starts a Node program that listens on the port of `PORT`, in production mode, and waits until it answers.
 * Resolves to its address, its process and what it printed.
 */
export async function startServer(name, file, env = {}, flags = []) {
  const port = await freePort();
  const child = spawn(process.execPath, [...flags, join(root, file)], {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const server = { name, origin: `http://127.0.0.1:${port}`, pid: child.pid, output: '', stop: () => stop(child) };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (server.output += chunk));
  onLeaving(server.stop);
  await answering(server, child);
  return server;
}

/** Starts a module that talks over IPC, on this Node or another: resolves to `ask(message)`, one answer for each question. */
export function startPartner(file, env = {}, node = process.execPath) {
  const child = spawn(node, [join(root, file)], {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  onLeaving(() => stop(child));
  const ask = (message) =>
    new Promise((resolve, reject) => {
      child.once('message', (answer) => (answer.failure ? reject(new Error(answer.failure)) : resolve(answer)));
      child.send(message);
    });
  return { ask, pid: child.pid, stop: () => stop(child) };
}

async function answering(server, child) {
  const deadline = performance.now() + BOOT_MS;
  while (performance.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${server.origin}/v1/contacts?first=1`).catch(() => null);
    if (answer) return answer.arrayBuffer();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${server.name} did not start.\n${server.output}`);
}

function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), 5_000);
  return gone.finally(() => clearTimeout(impatience));
}
