import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isAlive } from './postmaster-file.js';

/** Unfinished folders of this process. The process id is not enough to recognise them: in containers every program has number 1. */
const mine = new Set<string>();

/**
 * Makes a folder under another name and renames it into place, so that it is complete or absent: a kill -9 in the
 * middle leaves an unfinished folder under the other name. If two programs make the same folder, the first rename wins and the
 * other's unfinished folder is removed.
 * @returns true when this call's folder is the one in place
 */
export async function makeWhole(
  target: string,
  make: (half: string) => Promise<void>,
  put: (half: string) => Promise<void>,
): Promise<boolean> {
  const half = `${target}.half-${process.pid}-${randomBytes(4).toString('hex')}`;
  mine.add(half);
  try {
    await make(half);
    await put(half);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(half, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
    mine.delete(half);
  }
}

/** Removes unfinished folders of killed programs. One that an orphaned initdb still writes to is removed the next time. */
export async function sweepUnfinished(target: string): Promise<void> {
  const names = await readdir(dirname(target));
  for (const name of names) {
    const [, pid] = /\.half-(\d+)-[0-9a-f]{8}$/.exec(name) ?? [];
    const path = join(dirname(target), name);
    if (!pid || !name.startsWith(basename(target)) || mine.has(path)) continue;
    if (Number(pid) !== process.pid && isAlive(Number(pid))) continue;
    await rm(path, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}
