import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InstallationService } from '../../features/accounts/installation.service.js';
import { Config } from '../../platform/config/config.js';
import { openDependencies } from '../dependencies.js';
import { createProgram } from '../program.js';

export type Body = Record<string, unknown>;

/** The whole program, running, with its first key. */
export interface Stage {
  readonly address: string;
  now(): Date;
  /** Asks the API; text is sent as CSV. @throws when it refuses */
  call(method: string, path: string, body?: object | string): Promise<Body>;
  /** Stops the program and its database, and removes the folder. */
  close(): Promise<void>;
}

/** Runs the program on a new database; webhooks may be sent only to the receiver. */
export async function openStage(receiver: string): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'kith-demo-'));
  const config = Config.read({
    DATA_DIR: folder,
    // Chosen in advance: action links begin with the address, so it must be known before the program starts.
    PORT: String(await freePort()),
    LOG_LEVEL: 'error',
    WEBHOOK_ALLOW_HTTP: 'true',
    WEBHOOK_ALLOWED_HOSTS: receiver,
  });
  const dependencies = await openDependencies(config);
  const app = await createProgram(dependencies);
  const key = (await app.get(InstallationService).open()) ?? '';
  await app.listen(config.port, config.host);
  const close = async (): Promise<void> => {
    await app.close();
    await dependencies.close();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    address: config.publicUrl,
    now: () => dependencies.clock.now(),
    call: callerOf(config.publicUrl, key),
    close,
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((closed) => server.close(() => closed()));
  return port;
}

function callerOf(address: string, key: string): Stage['call'] {
  return async (method, path, body) => {
    const type = typeof body === 'string' ? 'text/csv' : 'application/json';
    const answer = await fetch(address + path, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': type } : {}) },
      ...(body ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
    });
    const read = (await answer.json()) as Body;
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${String(read.detail)}`);
    return read;
  };
}
