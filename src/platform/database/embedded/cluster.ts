import { randomBytes } from 'node:crypto';
import { access, chmod, chown, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Binaries } from './binaries.js';
import { EmbeddedDatabaseError } from './embedded-database-error.js';
import { makeWhole, sweepUnfinished } from './unfinished-folders.js';
import type { Place } from './place.js';
import { run } from './run.js';

/** The program's role, which is superuser of its private cluster, and its database. */
export const NAME = 'kith';

/**
 * Written into postgresql.conf once, so that the operator may tune them. fsync and the write-ahead log
 * keep PostgreSQL's defaults: an acknowledged row survives a power cut.
 */
const SETTINGS = [
  'shared_buffers=64MB',
  'max_connections=60',
  'timezone=UTC',
  'log_timezone=UTC',
  // One file for each weekday, overwritten after a week: seven at most.
  'logging_collector=on',
  'log_directory=log',
  'log_filename=postgresql-%a.log',
  'log_rotation_age=1d',
  'log_rotation_size=0',
  'log_truncate_on_rotation=on',
  // Starts, stops and crashes, but no failed statements: they hold people's data, and the program reports them itself.
  'log_min_messages=log',
  'log_min_error_statement=panic',
  'log_checkpoints=off',
];

/**
 * Makes the cluster when there is none: about 0.6 s.
 * @throws {EmbeddedDatabaseError} when initdb fails, something else lies there, or the data is of another version
 */
export async function ensureCluster(place: Place, binaries: Binaries, log: (sentence: string) => void): Promise<void> {
  await sweepUnfinished(place.home);
  if (!(await exists(join(place.data, 'PG_VERSION')))) {
    const made = await makeWhole(
      place.home,
      async (half) => fill(half, place, binaries),
      async (half) => putInPlace(half, place.home),
    );
    if (made) log(`Created a new database in ${place.home}.`);
  }
  await checkVersion(place, binaries);
}

/** @throws {EmbeddedDatabaseError} when the file with the password is gone */
export async function readSecret(place: Place): Promise<string> {
  const path = join(place.home, 'secret');
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      `The password of the database cannot be read from ${path}.`,
      `Restore that file from a backup of the same folder, or start the program as the user that owns it.`,
      { cause },
    );
  }
}

async function fill(half: string, place: Place, binaries: Binaries): Promise<void> {
  // Modes are set separately, because the umask restricts them on creation. If another user runs the server, that user must be able to enter.
  await mkdir(half, { mode: 0o700 });
  if (place.user) await chmod(half, 0o711);
  for (const name of ['data', 'socket']) {
    await mkdir(join(half, name), { mode: 0o700 });
    if (place.user) await chown(join(half, name), place.user.uid, place.user.gid);
  }
  const secret = randomBytes(32).toString('hex');
  await writeFile(join(half, 'secret'), `${secret}\n`, { mode: 0o600 });
  // The server's user may not read our file, so initdb gets a temporary one.
  const handed = join(half, 'handed');
  await writeFile(handed, `${secret}\n`, { mode: 0o600 });
  if (place.user) await chown(handed, place.user.uid, place.user.gid);
  await initialise(half, handed, place, binaries);
  await rm(handed);
}

async function initialise(half: string, passwordFile: string, place: Place, binaries: Binaries): Promise<void> {
  const access = ['-U', NAME, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  // The built-in provider sorts by code point on every machine: an index never depends on the system's libraries.
  const text = ['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const settings = SETTINGS.flatMap((setting) => ['--set', setting]);
  const ending = await run(
    binaries.initdb,
    ['-D', join(half, 'data'), ...access, ...text, ...settings, '--no-instructions'],
    { user: place.user, cwd: half, timeoutMs: 120_000 },
  );
  if (ending.code === 0) return;
  throw new EmbeddedDatabaseError(
    `The database could not be created in ${place.home}; initdb said: ${lastLines(ending.output)}`,
    'Use a writable disk with at least 200 MB free, or set DATABASE_URL.',
  );
}

/** A power cut must not undo the rename, or rows that were acknowledged would be gone with the whole folder. */
async function putInPlace(half: string, home: string): Promise<void> {
  await rename(half, home);
  if (process.platform === 'win32') return;
  const parent = await open(dirname(home), 'r');
  await parent.sync().finally(async () => parent.close());
}

async function checkVersion(place: Place, binaries: Binaries): Promise<void> {
  const path = join(place.data, 'PG_VERSION');
  if (!(await exists(path))) {
    throw new EmbeddedDatabaseError(
      `${place.home} is there but holds no database.`,
      'Move it away, or choose another data folder.',
    );
  }
  const found = (await readFile(path, 'utf8')).trim();
  const brought = binaries.version.split('.')[0] ?? '';
  if (found === brought) return;
  throw new EmbeddedDatabaseError(
    `The data in ${place.data} was written by PostgreSQL ${found}, and this program includes PostgreSQL ${brought}.`,
    `Export it with the version of the program that wrote it, move ${place.home} away and import into a new one; ` +
      `or set DATABASE_URL to a server of version ${found}.`,
  );
}

/** The last 5 lines of what a program wrote, in one. */
export function lastLines(output: string): string {
  return output.trim().split('\n').slice(-5).join(' | ');
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}
