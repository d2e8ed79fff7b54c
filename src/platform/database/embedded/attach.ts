import { statfsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { type Address, addressOf, newAddress, urlOf } from './address.js';
import { type Binaries, removeOldCopies } from './binaries.js';
import { lastLines } from './cluster.js';
import { EmbeddedDatabaseError } from './embedded-database-error.js';
import type { Place } from './place.js';
import { mayBeServer, type PostmasterFile, readPostmasterFile, retireLockFiles } from './postmaster-file.js';
import { type Postmaster, startPostmaster } from './postmaster.js';
import { Presence } from './presence.js';

/** A claim on a running server. */
export interface Attachment {
  presence: Presence;
  address: Address;
  /** True when it runs because this program started it. */
  started: boolean;
}

export interface AttachOptions {
  place: Place;
  binaries: Binaries;
  secret: string;
  timeoutMs: number;
  /** Where to listen if a server must be started; chosen automatically if absent. */
  address?: Address;
  /** Ends the wait early. */
  signal: AbortSignal;
  onLoss: () => void;
}

/** The errors of a start when another program's server was first, or when processes of a killed server are still running. */
const TOO_EARLY = /lock file .* already exists|pre-existing shared memory block|could not (bind|create any)/;
const WRONG_PASSWORD = ['28P01', '28000'];
/** Less than one segment of the write-ahead log. */
const LEAST_FREE_BYTES = 16 * 1024 * 1024;
const PAUSE_MS = 15;

/**
 * Finds the server of a place or starts it, and claims it. This needs no lock: PostgreSQL allows only one server per
 * data folder, so if two programs start one, the second finds the server of the first at its next look.
 * @throws {EmbeddedDatabaseError} when the server refuses to start, the password does not fit, or time is up
 */
export async function attach(options: AttachOptions): Promise<Attachment> {
  const { place, timeoutMs, signal } = options;
  const deadline = performance.now() + timeoutMs;
  let own: Postmaster | undefined;
  let trouble = 'it did not begin to answer';
  while (performance.now() < deadline && !signal.aborted) {
    const file = await readPostmasterFile(place.data);
    if (file && (await mayBeServer(file.pid, place.data))) {
      const outcome = await claim(file, options, deadline - performance.now());
      if (outcome instanceof Presence) {
        return { presence: outcome, address: addressOf(file), started: own?.pid === file.pid };
      }
      trouble = outcome;
    } else if (!own || own.ended !== undefined) {
      trouble = explain(own, place) ?? trouble;
      own = await start(options);
    }
    await delay(PAUSE_MS);
  }
  // Nobody would stop a server that answers only later.
  if (own?.pid !== undefined && own.ended === undefined) process.kill(own.pid, 'SIGINT');
  throw new EmbeddedDatabaseError(
    `The database in ${place.home} could not be reached within ${timeoutMs / 1000} s (${trouble}).`,
    `See start.log there and the newest file in data/log; if a process named in data/postmaster.pid hangs, end it.`,
  );
}

async function start({ place, binaries, address }: AttachOptions): Promise<Postmaster> {
  const chosen = address ?? (await newAddress(place));
  await retireLockFiles(place.data, chosen);
  await removeOldCopies(place, binaries);
  return startPostmaster(place, binaries, chosen);
}

/** Why our own start failed, if another attempt may help. */
function explain(own: Postmaster | undefined, place: Place): string | undefined {
  if (own?.ended === undefined || TOO_EARLY.test(own.ended)) return own?.ended && lastLines(own.ended);
  throw new EmbeddedDatabaseError(
    `PostgreSQL does not start in ${place.home}; it said: ${lastLines(own.ended)}`,
    isFull(place)
      ? 'The disk is full: make room there and start again. What was saved is still there.'
      : 'Correct what it names (see also the newest file in data/log there), or set DATABASE_URL.',
  );
}

/** A server on a full disk cannot even write into its log why it ends. */
function isFull({ home }: Place): boolean {
  const { bavail, bsize } = statfsSync(home);
  return bavail * bsize < LEAST_FREE_BYTES;
}

/** A presence, or the reason why there is none yet: the server is starting, stopping or gone. */
async function claim(file: PostmasterFile, options: AttachOptions, timeoutMs: number): Promise<Presence | string> {
  // The file is written line by line: its port and socket come a moment after its process number.
  if (file.port === 0) return 'it is just starting';
  const url = urlOf(addressOf(file), options.secret, 'postgres');
  try {
    return await Presence.announce(url, Math.max(1, Math.ceil(timeoutMs)), options.onLoss);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (!WRONG_PASSWORD.includes(code ?? '')) return message;
    throw new EmbeddedDatabaseError(
      `The database in ${options.place.home} does not take the password in its file 'secret'.`,
      'Restore that file from a backup of the same folder.',
      { cause: error },
    );
  }
}
