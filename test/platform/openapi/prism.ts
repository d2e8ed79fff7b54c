import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HANG_MS } from '../../harness/until.js';

/** Prism between a caller and the program: what breaks the document is told in the answer's `sl-violations` header. */
export interface Prism {
  readonly address: string;
  close(): Promise<void>;
}

/** Starts the proxy as a process of its own, an independent judge of the same document. */
export async function openPrism(document: object, upstream: string): Promise<Prism> {
  const folder = await mkdtemp(join(tmpdir(), 'kith-prism-'));
  const file = join(folder, 'openapi.json');
  await writeFile(file, JSON.stringify(document));
  const port = await freePort();
  const cli = 'node_modules/@stoplight/prism-cli/dist/index.js';
  const words = [cli, 'proxy', file, upstream, '--errors', '--host', '127.0.0.1', '--port', String(port)];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((done) => child.on('close', () => done()));
  let told = '';
  await new Promise<void>((listening, failed) => {
    const late = setTimeout(() => failed(new Error(`Prism does not listen: ${told}`)), HANG_MS);
    const hear = (chunk: Buffer): void => {
      told = (told + chunk.toString()).slice(-10_000);
      if (!told.includes('Prism is listening')) return;
      clearTimeout(late);
      listening();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('close', () => failed(new Error(`Prism ended: ${told}`)));
  });
  const close = async (): Promise<void> => {
    child.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  return { address: `http://127.0.0.1:${port}`, close };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
