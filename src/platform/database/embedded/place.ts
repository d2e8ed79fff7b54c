import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { chmod, mkdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EmbeddedDatabaseError } from './embedded-database-error.js';
import type { OsUser } from './run.js';
import { canEnter, isRoot, serverUser } from './server-user.js';

/** Where the cluster lies and who runs its server. */
export interface Place {
  /** Holds `data/`, `socket/`, `secret` and `start.log`. It is created by one rename, so it is complete or absent. */
  home: string;
  /** PostgreSQL's own data folder, mode 0700. */
  data: string;
  /** The OS user of the server, when it is not this program's own. */
  user: OsUser | undefined;
}

/** Where root keeps files that another OS user must reach, if that user cannot enter the requested folder. */
const FAR = '/var/lib/kith';

/**
 * Chooses the place for a folder. An existing cluster is always used: if the choice were made again on every start, a
 * `chmod` of a parent folder could make the program create an empty database next to the full one.
 * @throws {EmbeddedDatabaseError} when existing data belongs to somebody else, or its owner cannot reach it
 */
export async function choosePlace(folder: string, log: (sentence: string) => void): Promise<Place> {
  await mkdir(folder, { recursive: true });
  const real = await realpath(folder);
  const near = join(real, 'postgres');
  if (!isRoot()) return ownPlace(near);

  const far = join(FAR, createHash('sha256').update(real).digest('hex').slice(0, 16), 'postgres');
  const place = (await existingPlace(near)) ?? (await existingPlace(far)) ?? (await newPlace(near, far, log));
  if (place.home === far) {
    log(`The database lies in ${far}: the OS user that runs PostgreSQL for root cannot enter ${real}.`);
  }
  return place;
}

async function ownPlace(home: string): Promise<Place> {
  const data = join(home, 'data');
  const found = await lookAt(data);
  if (found && process.getuid && found.uid !== process.getuid()) {
    throw new EmbeddedDatabaseError(
      `The database in ${data} belongs to the OS user with the number ${found.uid}.`,
      'Start the program as that user or as root, choose another data folder, or set DATABASE_URL.',
    );
  }
  return { home, data, user: undefined };
}

/** Data keeps its owner: an ordinary user's cluster, opened by root, is still run by that user. */
async function existingPlace(home: string): Promise<Place | undefined> {
  const data = join(home, 'data');
  const found = await lookAt(data);
  if (!found) return undefined;
  const user = { uid: found.uid, gid: found.gid };
  if (user.uid === 0) {
    throw new EmbeddedDatabaseError(
      `The database in ${data} belongs to root, as whom PostgreSQL refuses to run.`,
      `Give it to the server's user: chown -R postgres ${data} ${join(home, 'socket')}`,
    );
  }
  if (!(await canEnter(data, user))) {
    throw new EmbeddedDatabaseError(
      `The database in ${data} belongs to the OS user with the number ${user.uid}, who cannot enter it.`,
      `Let that user through the folders above it (chmod o+x), or set DATABASE_URL.`,
    );
  }
  return { home, data, user };
}

async function newPlace(near: string, far: string, log: (sentence: string) => void): Promise<Place> {
  const user = await serverUser(log);
  const home = (await canEnter(dirname(near), user)) ? near : far;
  if (home === far) {
    await mkdir(dirname(far), { recursive: true });
    // Explicit, because root's umask may be 077: the server's user has to pass through both.
    await chmod(FAR, 0o711);
    await chmod(dirname(far), 0o711);
  }
  return { home, data: join(home, 'data'), user };
}

async function lookAt(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
